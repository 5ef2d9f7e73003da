"use client";

import { type FormEvent, type ReactNode, startTransition } from "react";
import { useKeptFields } from "./use-kept-fields";

type Props = {
  /** A name that is unique on the page, under which drafts survive a lost session. */
  name: string;
  action: (form: FormData) => void;
  className?: string;
  children: ReactNode;
};

/**
 * A form that keeps its input after a refusal, when React would clear it. It works without JavaScript. Its fields are
 * uncontrolled, because controlled fields lose what is typed before hydration.
 */
export function KeptForm({ name, action, className, children }: Props) {
  const { form } = useKeptFields(name);
  return (
    <form ref={form} action={action} onSubmit={sendWithoutReset(action)} className={className}>
      {children}
    </form>
  );
}

/** Sends a form without React's reset of its fields. */
export function sendWithoutReset(action: (form: FormData) => void) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => action(form));
  };
}
