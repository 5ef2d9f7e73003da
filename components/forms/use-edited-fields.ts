import { useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { allFields, type TypedField, typeAgain, typedFields } from "./typed-fields";
import { useKeptDraft } from "./use-kept-draft";

type Edited<Values> = {
  /** A name that is unique among the page's forms. */
  name: string;
  /** The values on the server, and their tag. */
  saved: Values;
  tag: string;
  /** The last result of the form's action, null before the first. */
  result: { ok: boolean } | null;
  isPending: boolean;
};

/**
 * A form whose fields the browser holds, for values that are on the server. The fields show the saved values, `shown`.
 * Input stays when somebody else saves others, and is outdated then.
 */
export function useEditedFields<Values>({ name, saved, tag, result, isPending }: Edited<Values>) {
  const form = useRef<HTMLFormElement>(null);
  const [shown, setShown] = useState({ values: saved, tag });
  const [base, setBase] = useState(tag);
  const [decided, setDecided] = useState<typeof result>(null);
  const [began, sent] = [useRef(""), useRef<string | null>(null)];
  const text = () => JSON.stringify(form.current && allFields(form.current));
  const isSaved = () => result?.ok === true && sent.current === text();
  const isTyped = () =>
    form.current !== null && (typedFields(form.current) !== null || text() !== began.current) && !isSaved();
  const show = () => {
    setShown({ values: saved, tag });
    setBase(tag);
  };
  const decide = (choice: () => void) => () => {
    choice();
    setDecided(result);
  };
  const follow = useEffectEvent(() => {
    if (tag !== shown.tag && !isPending && !isTyped()) show();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: these say when there may be something else to show
  useLayoutEffect(() => follow(), [tag, result, isPending]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fields are others with each tag
  useLayoutEffect(() => {
    began.current = text();
    sent.current = null;
  }, [shown.tag]);
  useKeptDraft<{ typed: TypedField[]; base: string }>({
    name,
    draft: () => (form.current && isTyped() ? { typed: allFields(form.current), base } : null),
    restore: (kept) => {
      if (!form.current || !("base" in kept)) return;
      typeAgain(form.current, kept.typed);
      setBase(kept.base);
    },
  });
  return {
    form,
    shown,
    /** The tag of the values that the input changes. */
    base,
    isOutdated: base !== tag && !isPending,
    /** Whether the person decided what happens after the last result. */
    isDecided: decided === result,
    /** When the form is sent. */
    sends: () => {
      sent.current = text();
    },
    /** Lets the input replace what somebody else saved. */
    keep: decide(() => setBase(tag)),
    discard: decide(show),
  };
}
