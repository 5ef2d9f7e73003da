"use client";

import { type ReactNode, useState, useTransition } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { ActionButton } from "@/components/ui/action-button";
import { downloadText } from "@/components/ui/download-text";
import { Problem } from "@/components/ui/problem";
import styles from "./checkouts.module.css";

type Props = {
  /** The text of the button, and its full accessible name. */
  action: string;
  label: string;
  fileName: string;
  why?: string | null;
  text: () => Promise<ActionResult<string>>;
  /** Other actions, shown after the download. */
  children: ReactNode;
};

/** The actions of a row with a file; the file is signed on download. */
export function FileActions({ action, label, fileName, why = null, text, children }: Props) {
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  const download = () =>
    startTransition(async () => {
      const signed = await orUnanswered(text());
      setRefused(signed.ok ? null : signed.refused);
      if (signed.ok) downloadText(signed.did, fileName);
    });
  return (
    <span className={styles.actions}>
      <ActionButton
        size="xs"
        variant="default"
        why={why}
        loading={isPending}
        aria-label={label}
        onClick={download}
      >
        {action}
      </ActionButton>
      {children}
      {refused ? <Problem of={refused} /> : null}
    </span>
  );
}
