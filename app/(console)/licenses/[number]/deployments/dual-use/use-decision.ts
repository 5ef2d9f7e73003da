"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";

/** A closing dialog returns the focus within this time. */
const FOCUS_AFTER_MS = 300;

/** Decides on a request, then refreshes the list and the bell. The focus stays on the row. */
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

/** The pressed button disappears with the decision, so the focus moves to the next button of the row. */
function focusOn(id: string): void {
  setTimeout(() => {
    if (document.activeElement === document.body)
      document.getElementById(actionsId(id))?.querySelector("button")?.focus();
  }, FOCUS_AFTER_MS);
}
