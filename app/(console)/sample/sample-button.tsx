"use client";

import { useState, useTransition } from "react";
import { ActionButton } from "@/components/action-button";
import { answered } from "@/components/answered";
import { Problem } from "@/components/problem";
import type { Refused } from "@/components/refused";
import type { Answer } from "../act";

type Parts = { why: string | null; action: () => Promise<Answer<void>>; children: string };

/** A button of the sample data, with its refusal beside it. */
export function SampleButton({ why, action, children }: Parts) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isPending, start] = useTransition();
  const press = () =>
    start(async () => {
      const answer = await answered(action());
      setRefused(answer.ok ? null : answer.refused);
    });
  return (
    <>
      <ActionButton variant="default" why={why} loading={isPending} onClick={press}>
        {children}
      </ActionButton>
      {refused ? <Problem of={refused} /> : null}
    </>
  );
}
