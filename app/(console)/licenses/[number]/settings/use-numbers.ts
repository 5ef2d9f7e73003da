import { useState } from "react";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import type { LicenseSettings } from "@/server/licenses/license";
import { useSetting } from "./use-setting";

type Form<Numbers> = {
  /** A name that is unique among the page's forms. */
  name: string;
  number: string;
  /** The values on the server. */
  known: Numbers;
  inWords: (numbers: Numbers) => string;
};

/** Number settings of a license, which are edited and then saved together. */
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
  // An edit is based on the values the person saw; those are replaced only once the server has the edit.
  if (isSame && !areSame(seen, known)) setSeen(known);
  const isOvertaken = refused?.code === "CHANGED_MEANWHILE";
  return {
    wanted,
    set: (part: Partial<Numbers>) => setWanted({ ...wanted, ...part }),
    form: {
      refused,
      isPending,
      isSame,
      /** The values on the server, if somebody else changed them meanwhile. */
      now: isOvertaken ? inWords(known) : null,
      // After the warning about somebody else's change, the person has seen the new values.
      save: () => save(wanted, isOvertaken ? known : seen, inWords(wanted)),
    },
  };
}

/** Compares objects that have the same members in the same order. */
function areSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
