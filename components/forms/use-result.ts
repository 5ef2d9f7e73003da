"use client";

import { useMounted } from "@mantine/hooks";
import { useActionState } from "react";
import { orUnanswered, type Unanswered } from "./unanswered";

type Sending<A> = (before: A | null, form: FormData) => Promise<A>;

/**
 * Like `useActionState`, but a missing response becomes a refusal, so that the form stays. The action itself is the
 * form's action until hydration, because the form works without JavaScript. It must be the same function in each
 * render on the server: React renders for ever after a plain form whose action is bound while rendering.
 */
export function useResult<A>(action: Sending<A | Unanswered>) {
  const isAlive = useMounted();
  return useActionState<A | Unanswered | null, FormData>(
    isAlive ? (before, form) => orUnanswered(action(before, form)) : action,
    null,
  );
}
