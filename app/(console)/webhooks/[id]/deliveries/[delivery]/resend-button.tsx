"use client";

import { useState, useTransition } from "react";
import { resend } from "@/app/(console)/webhooks/actions";
import styles from "@/app/(console)/webhooks/webhooks.module.css";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";

/** Sends a delivery once more, with the same ID. */
export function ResendButton({ id, why }: { id: string; why: string | null }) {
  const [result, setResult] = useState<RefusalNotice | "sent" | null>(null);
  const [isPending, startTransition] = useTransition();
  const send = () =>
    startTransition(async () => {
      const sent = await orUnanswered(resend(id));
      setResult(sent.ok ? "sent" : sent.refused);
    });
  return (
    <div className={styles.page}>
      <div className={styles.actions}>
        <ActionButton variant="default" why={why} loading={isPending} onClick={send}>
          Resend
        </ActionButton>
      </div>
      {result === "sent" ? (
        <p role="status" className={styles.hint}>
          It will be sent within seconds. Reload the page to see the attempt.
        </p>
      ) : null}
      {result && result !== "sent" ? <Problem of={result} /> : null}
    </div>
  );
}
