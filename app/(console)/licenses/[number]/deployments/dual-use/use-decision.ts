"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";

/** A dialog closes, and gives the focus back, in that time. */
const FOCUS_AFTER_MS = 300;

/** Decides on a request: then the list and the bell are read again. The focus stays on the row. */
export function useDecision(number: string, id: string) {
  const { did } = useChanges();
  const queries = useQueryClient();
  const reread = () => queries.invalidateQueries({ queryKey: ["dual-use", number] });
  const decide = async (work: Promise<ActionResult<void>>, words: string): Promise<ActionResult<void>> => {
    const result = await orUnanswered(work);
    await reread();
    if (!result.ok) return result;
    did({ words });
    focusOn(id);
    void queries.invalidateQueries({ queryKey: ["attention"] });
    return result;
  };
  return { decide, reread };
}

export function actionsId(id: string): string {
  return `decide-${id}`;
}

/** The button that was pressed is gone with the decision: the next one of the row takes its place. */
function focusOn(id: string): void {
  setTimeout(() => {
    if (document.activeElement === document.body)
      document.getElementById(actionsId(id))?.querySelector("button")?.focus();
  }, FOCUS_AFTER_MS);
}
