"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import type { Answer } from "@/app/(console)/act";
import { answered } from "@/components/answered";
import { useChanges } from "@/components/changes";
import type { Refused } from "@/components/refused";

/** Decides on a request: then the list and the bell are read again, and `onDone` follows. */
export function useDecision(number: string, onDone: () => void = () => {}) {
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
      await queries.invalidateQueries({ queryKey: ["attention"] });
    });
  /** Reads the list again, before what it says is shown in a dialog. */
  const look = () => void queries.invalidateQueries({ queryKey: ["dual-use", number] });
  return { refused, isPending, decide, look };
}
