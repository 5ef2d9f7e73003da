"use client";

import { useState, useTransition } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";

type Props = { why: string | null; action: () => Promise<ActionResult<void>>; children: string };

/** A button for the sample data, with its refusal beside it. */
export function SampleButton({ why, action, children }: Props) {
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, start] = useTransition();
  const press = () =>
    start(async () => {
      const result = await orUnanswered(action());
      setRefused(result.ok ? null : result.refused);
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
