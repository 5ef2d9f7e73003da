"use client";

import { useState, useTransition } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { changeStatus } from "./actions";

export type Status = "active" | "suspended" | "revoked";

/** Changes the status of a license; a refusal is shown beside the button. */
export function useStatus(number: string, was: Status, onDone: () => void = () => {}) {
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  const change = (status: Status) =>
    startTransition(async () => {
      const result = await orUnanswered(changeStatus(number, { to: status, was }));
      setRefused(result.ok ? null : result.refused);
      if (result.ok) onDone();
    });
  return { refused, isPending, change };
}
