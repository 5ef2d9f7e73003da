"use client";

import { TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import { ActionButton } from "@/components/action-button";
import { answered } from "@/components/answered";
import { ConfirmButton } from "@/components/confirm-button";
import { Problem } from "@/components/problem";
import type { Refused } from "@/components/refused";
import { closeLogHere, signReply } from "./actions";
import styles from "./checkouts.module.css";
import { saveFile } from "./save-file";

type Props = { number: string; log: string; name: string; fileName: string; why: string | null };

/** The reply to a log as it stands now, and its end. */
export function LogActions({ number, log, name, fileName, why }: Props) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isPending, startTransition] = useTransition();
  const download = () =>
    startTransition(async () => {
      const reply = await answered(signReply(number, log));
      setRefused(reply.ok ? null : reply.refused);
      if (reply.ok) saveFile(reply.did, fileName);
    });
  return (
    <span className={styles.actions}>
      <ActionButton
        size="xs"
        variant="default"
        loading={isPending}
        aria-label={`Download reply to ${name}`}
        onClick={download}
      >
        Reply
      </ActionButton>
      <ConfirmButton
        size="xs"
        label={`Close log: ${name}`}
        why={why}
        title={`Close log: ${name}`}
        effect="Close it if the site was restored or began again: then its new log can be uploaded. Nothing more of this one is taken; what it changed stays. This can't be undone."
        fields={
          <TextInput
            name="reason"
            label="Reason"
            description="Optional. Shown in the audit log and in this list."
            maxLength={200}
            data-autofocus
          />
        }
        action="Close log"
        onConfirm={(form) => closeLogHere(number, log, form)}
      >
        Close
      </ConfirmButton>
      {refused ? <Problem of={refused} /> : null}
    </span>
  );
}
