"use client";

import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { TypedConfirm } from "@/components/forms/typed-confirm";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { ActionButton } from "@/components/ui/action-button";
import { Dialog } from "@/components/ui/dialog";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { revokeKey } from "./actions";
import styles from "./key-actions.module.css";
import { RevealedKey } from "./revealed-key";

type Props = {
  jti: string;
  /** The key's label, or the start of its id. */
  name: string;
  number: string;
  seal: ReactNode;
  effects: string[];
  whyNotReveal: string | null;
  whyNotRevoke: string | null;
};

type Open = "reveal" | "revoke" | null;

/** The buttons to reveal and to revoke a key, each with its dialog. */
export function KeyActions({ jti, name, number, seal, effects, whyNotReveal, whyNotRevoke }: Props) {
  const [open, setOpen] = useState<Open>(null);
  const [reason, setReason] = useState("");
  useKeptDraft<string>({ name: `revoke ${jti}`, draft: () => reason || null, restore: setReason });
  const close = () => setOpen(null);
  const small = { size: "xs", variant: "default" } as const;
  return (
    <span className={styles.actions}>
      <ActionButton
        {...small}
        why={whyNotReveal}
        aria-label={`Reveal ${name}`}
        onClick={() => setOpen("reveal")}
      >
        Reveal
      </ActionButton>
      <ActionButton
        {...small}
        why={whyNotRevoke}
        aria-label={`Revoke ${name}`}
        onClick={() => setOpen("revoke")}
      >
        Revoke
      </ActionButton>
      <Dialog opened={open === "reveal"} onClose={close} title={`Key ${name}`} size="lg">
        <RevealedKey jti={jti} fileName={`key-${number}-${jti.slice(0, 8)}.txt`} onClose={close} />
      </Dialog>
      <TypedConfirm
        opened={open === "revoke"}
        onClose={close}
        title={`Revoke the key ${name}`}
        seal={seal}
        effect={[...effects, "This can't be undone."].map((sentence) => <p key={sentence}>{sentence}</p>)}
        asked={number}
        shown={formatLicenseNumber(number)}
        askedName="license number"
        action="Revoke key"
        onConfirm={async () => {
          const result = await revokeKey(jti, reason);
          if (result.ok) setReason("");
          return result;
        }}
      >
        <TextInput
          label="Reason"
          description="Optional. Shown in the audit log and next to the key."
          maxLength={200}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </TypedConfirm>
    </span>
  );
}
