"use client";

import { useState, useTransition } from "react";
import type { Answer } from "@/app/(console)/_lib/act";
import type { Refused } from "@/components/forms/refused";
import { answered } from "@/components/forms/unanswered";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";

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
