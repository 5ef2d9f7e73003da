"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import type { Answer } from "@/app/(console)/act";
import { answered } from "@/components/answered";
import { useChanges } from "@/components/changes";
import type { Refused } from "@/components/refused";

/** A dialog closes, and gives the focus back, in that time. */
const FOCUS_AFTER_MS = 300;

/** Decides on a request: then the list and the bell are read again, and `onDone` follows. The focus stays on the row. */
export function useDecision(number: string, id: string, onDone: () => void = () => {}) {
  const { did } = useChanges();
  const queries = useQueryClient();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isPending, start] = useTransition();
  const decide = (work: () => Promise<Answer<void>>, words: string) =>
    start(async () => {
      const answer = await answered(work());
      setRefused(answer.ok ? null : answer.refused);
      await queries.invalidateQueries({ queryKey: ["dual-use", number] });
      if (!answer.ok) return;
      onDone();
      did({ words });
      focusOn(id);
      await queries.invalidateQueries({ queryKey: ["attention"] });
    });
  /** Reads the list again, before what it says is shown in a dialog. */
  const look = () => void queries.invalidateQueries({ queryKey: ["dual-use", number] });
  return { refused, isPending, decide, look };
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
