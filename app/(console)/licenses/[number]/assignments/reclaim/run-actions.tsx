"use client";

import { useChanges } from "@/components/shell/changes";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { counted } from "@/components/text/numbers";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { dayText } from "@/domain/dates/date-style";
import type { ReclaimRun } from "@/server/reclaim/run-rows";
import { cancelRunHere, undoRunHere } from "./actions";
import { undoneLabel } from "./reclaim-labels";

type Props = { number: string; run: ReclaimRun; now: Date; why: string | null };

/** Cancels an announced release, or undoes one. */
export function RunActions({ number, run, now, why }: Props) {
  const { did } = useChanges();
  const dates = useDateStyle();
  const { id, allotment, state, seats, released, release, undoUntil } = run;
  if (state === "announced")
    return (
      <ConfirmButton
        size="xs"
        why={why}
        label={`Cancel the release of ${allotment} on ${dayText(release, dates)}`}
        title={`Keep these ${counted(seats, "seat")}?`}
        effect="Nothing is released. A later run announces the seats again, unless they are used or on the never-release list."
        action="Cancel release"
        onConfirm={async () => {
          const result = await cancelRunHere(number, id);
          if (result.ok) did({ words: `The release of ${counted(seats, "seat")} was cancelled.` });
          return result;
        }}
      >
        Cancel…
      </ConfirmButton>
    );
  if (state !== "released" || !undoUntil || released === 0) return null;
  const isOver = undoUntil < now ? "A release can be undone for 7 days." : null;
  return (
    <ConfirmButton
      size="xs"
      why={why ?? isOver}
      label={`Undo the release of ${allotment}`}
      title={`Restore ${counted(released, "seat")}?`}
      effect={`Users get their seats back as far as units are free. It can be undone until ${dayText(undoUntil, dates)}.`}
      action="Restore seats"
      onConfirm={async () => {
        const result = await undoRunHere(number, id);
        if (result.ok) did({ words: undoneLabel(result.did) });
        return result;
      }}
    >
      Undo…
    </ConfirmButton>
  );
}
