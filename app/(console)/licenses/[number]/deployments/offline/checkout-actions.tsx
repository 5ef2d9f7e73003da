"use client";

import { TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import { ActionButton } from "@/components/action-button";
import { answered } from "@/components/answered";
import { ConfirmButton } from "@/components/confirm-button";
import { Problem } from "@/components/problem";
import type { Refused } from "@/components/refused";
import { downloadAgain, markReturned } from "./actions";
import styles from "./checkouts.module.css";
import { saveFile } from "./save-file";

type Props = {
  number: string;
  id: string;
  name: string;
  fileName: string;
  effect: string;
  why: string | null;
};

/** Download a signed definition again, or mark it as returned. */
export function CheckoutActions({ number, id, name, fileName, effect, why }: Props) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isPending, startTransition] = useTransition();
  const download = () =>
    startTransition(async () => {
      const signed = await answered(downloadAgain(id));
      setRefused(signed.ok ? null : signed.refused);
      if (signed.ok) saveFile(signed.did.sld, fileName);
    });
  return (
    <span className={styles.actions}>
      <ActionButton
        size="xs"
        variant="default"
        why={why}
        loading={isPending}
        aria-label={`Download ${name} again`}
        onClick={download}
      >
        Download
      </ActionButton>
      <ConfirmButton
        size="xs"
        label={`Mark ${name} as returned`}
        why={why}
        title={`Mark ${name} as returned`}
        effect={effect}
        fields={
          <TextInput
            name="reason"
            label="Reason"
            description="Optional. Shown in the audit log and in this list."
            maxLength={200}
            data-autofocus
          />
        }
        action="Mark as returned"
        onConfirm={(form) => markReturned(number, id, form)}
      >
        Return
      </ConfirmButton>
      {refused ? <Problem of={refused} /> : null}
    </span>
  );
}
