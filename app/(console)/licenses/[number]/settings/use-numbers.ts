import { useState } from "react";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import type { LicenseSettings } from "@/server/licenses/license";
import { useSetting } from "./use-setting";

type Form<Numbers> = {
  /** Tells it from other forms of its page. */
  name: string;
  number: string;
  /** What the server has. */
  known: Numbers;
  inWords: (numbers: Numbers) => string;
};

/** Numbers of a license that are typed and then saved together. */
export function useNumbers<Numbers extends Partial<LicenseSettings>>({
  name,
  number,
  known,
  inWords,
}: Form<Numbers>) {
  const [wanted, setWanted] = useState(known);
  const [seen, setSeen] = useState(known);
  const { refused, isPending, save } = useSetting(number);
  const isSame = areSame(wanted, known);
  useKeptDraft<{ wanted: Numbers; seen: Numbers }>({
    name,
    draft: () => (isSame ? null : { wanted, seen }),
    restore: (kept) => {
      setWanted({ ...known, ...kept.wanted });
      setSeen({ ...known, ...kept.seen });
    },
  });
  // What was typed here was typed on top of what was seen: only once the server has it is it what is seen.
  if (isSame && !areSame(seen, known)) setSeen(known);
  const isOvertaken = refused?.code === "CHANGED_MEANWHILE";
  return {
    wanted,
    set: (part: Partial<Numbers>) => setWanted({ ...wanted, ...part }),
    form: {
      refused,
      isPending,
      isSame,
      /** What the server has now, where somebody else changed it. */
      now: isOvertaken ? inWords(known) : null,
      // Who was told that somebody else changed it has seen what it is now.
      save: () => save(wanted, isOvertaken ? known : seen, inWords(wanted)),
    },
  };
}

/** Both have the same members in the same order. */
function areSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
