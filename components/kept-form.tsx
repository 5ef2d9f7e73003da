"use client";

import { type FormEvent, type ReactNode, startTransition } from "react";

type Parts = { action: (form: FormData) => void; className?: string; children: ReactNode };

/**
 * A form that keeps what was typed when it is refused, where React would empty it. It works without JavaScript too. Its
 * fields keep their own values: what is typed before the page is alive is lost in a field that state holds.
 */
export function KeptForm({ action, className, children }: Parts) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => action(form));
  };
  return (
    <form action={action} onSubmit={submit} className={className}>
      {children}
    </form>
  );
}
