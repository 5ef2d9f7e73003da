"use client";

import { type FormEvent, type ReactNode, startTransition, useRef } from "react";
import { type TypedField, typeAgain, typedFields } from "./typed-fields";
import { useKeptDraft } from "./use-kept-draft";

type Props = {
  /** Tells it from other forms of its page, for what is typed in it outlives a lost session. */
  name: string;
  action: (form: FormData) => void;
  className?: string;
  children: ReactNode;
};

/**
 * A form that keeps what was typed when it is refused, where React would empty it. It works without JavaScript too. Its
 * fields keep their own values: what is typed before the page is alive is lost in a field that state holds.
 */
export function KeptForm({ name, action, className, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useKeptDraft<TypedField[]>({
    name,
    draft: () => form.current && typedFields(form.current),
    restore: (typed) => form.current && typeAgain(form.current, typed),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => action(form));
  };
  return (
    <form ref={form} action={action} onSubmit={submit} className={className}>
      {children}
    </form>
  );
}
