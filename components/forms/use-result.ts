"use client";

import { useMounted } from "@mantine/hooks";
import { useActionState } from "react";
import { orUnanswered, type Unanswered } from "./unanswered";

type Sending<A> = (before: A | null, form: FormData) => Promise<A>;

/**
 * The answer to a form, as `useActionState` has it, and a refusal when the server gives none: the form stays. The form
 * works without JavaScript too, for which the action itself has to stand in it at first.
 */
export function useResult<A>(action: Sending<A | Unanswered>) {
  const isAlive = useMounted();
  return useActionState<A | Unanswered | null, FormData>(
    isAlive ? (before, form) => orUnanswered(action(before, form)) : action,
    null,
  );
}
