import { useRef } from "react";
import { type TypedField, typeAgain, typedFields } from "./typed-fields";
import { useKeptDraft } from "./use-kept-draft";

/**
 * Keeps what is typed into a form whose fields the browser holds. `settle` drops it once it was sent. With null for a
 * name nothing is kept.
 */
export function useKeptFields(name: string | null) {
  const form = useRef<HTMLFormElement>(null);
  const isSettled = useRef(false);
  useKeptDraft<TypedField[]>({
    name,
    draft: () => (isSettled.current || !form.current ? null : typedFields(form.current)),
    restore: (typed) => form.current && typeAgain(form.current, typed),
  });
  return {
    form,
    settle: () => {
      isSettled.current = true;
    },
  };
}
