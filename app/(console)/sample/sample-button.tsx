"use client";

import { useState, useTransition } from "react";
import { ActionButton } from "@/components/action-button";
import { Problem } from "@/components/problem";
import { loadSample } from "./actions";

/** Begins a year of sample data. */
export function SampleButton({ why }: { why: string | null }) {
  const [refused, setRefused] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const load = () =>
    start(async () => {
      const answer = await loadSample();
      setRefused(answer.ok ? null : answer.refused.sentence);
    });
  return (
    <>
      <ActionButton variant="default" why={why} loading={isPending} onClick={load}>
        Load sample data
      </ActionButton>
      {refused ? <Problem>{refused}</Problem> : null}
    </>
  );
}
