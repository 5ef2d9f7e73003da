import { Refusal } from "@/domain/refusals/refusal";

export const UNDO_MINUTES = 15;

/** How long a change can be undone. */
export const UNDO_MS = UNDO_MINUTES * 60_000;

export function changedMeanwhile(): Refusal {
  return new Refusal(
    "CHANGED_MEANWHILE",
    "Nothing was changed: somebody else changed it in the meantime. Check its current state, then try again.",
  );
}
