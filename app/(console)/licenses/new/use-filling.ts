import { useState } from "react";
import type { Filling, NewDraft } from "./new-draft";

/**
 * Fills in a draft from a template, a license or a file. What somebody had edited before can be brought back; `filled`
 * changes with each filling, which resets the fields.
 */
export function useFilling(draft: NewDraft, setDraft: (draft: NewDraft) => void) {
  const [filled, setFilled] = useState(0);
  const [last, setLast] = useState(draft.definition);
  const [before, setBefore] = useState<NewDraft | null>(null);
  const show = (next: NewDraft) => {
    setDraft(next);
    setLast(next.definition);
    setFilled(filled + 1);
  };
  const fill = (part: Partial<NewDraft> & Pick<Filling, "definition">) => {
    setBefore(draft.definition === last ? null : draft);
    show({ ...draft, ...part });
  };
  const undo = () => {
    if (!before) return;
    const { definition, products, settings } = before;
    setBefore(null);
    show({ ...draft, definition, products, settings });
  };
  const isUntouched = draft.definition === last; // after further edits, an undo would lose those
  return { filled, fill, undo: before && isUntouched ? undo : null };
}
