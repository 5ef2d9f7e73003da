"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState, useTransition } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { wrongElsewhere, wrongField } from "@/app/(console)/_lib/wrong-field";
import { orUnanswered } from "@/components/forms/unanswered";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { WrongFields } from "@/components/forms/wrong-fields";
import { useChanges } from "@/components/shell/changes";
import { ActionButton } from "@/components/ui/action-button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import { EXEMPTION_KINDS, type Exemption, isExemptionKind } from "@/domain/reclaim/never-release";
import { exemptHere, removeExemptionHere } from "./actions";
import styles from "./reclaim.module.css";
import { EXEMPTION_LABELS } from "./reclaim-labels";

type Props = { number: string; why: string | null };

const HINTS: Record<Exemption["kind"], string> = {
  subject: "The user as the list of assignments shows it.",
  pattern: "* stands for any text, ? for any character, such as *svc_*.",
  directory: "What comes before the backslash or after the at sign, such as ACME.",
};

/** The button and dialog to add users to the never-release list. */
export function AddExemption({ number, why }: Props) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <ActionButton variant="default" why={why} onClick={() => setOpen(true)}>
        Add users…
      </ActionButton>
      <Dialog opened={isOpen} onClose={close} title="Never release">
        <ExemptionForm number={number} onClose={close} />
      </Dialog>
    </>
  );
}

const EMPTY: Exemption = { kind: "subject", text: "" };

function ExemptionForm({ number, onClose }: { number: string; onClose(): void }) {
  const [{ kind, text }, set] = useState(EMPTY);
  const [result, setResult] = useState<ActionResult<void> | null>(null);
  const [isPending, start] = useTransition();
  const { did } = useChanges();
  useKeptDraft<Exemption>({
    name: "reclaim exemption",
    draft: () => (text === "" || result?.ok ? null : { kind, text }),
    restore: set,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const sent = await orUnanswered(exemptHere(number, { kind, text }));
      setResult(sent);
      if (!sent.ok) return;
      onClose();
      did({ words: "The never-release list was changed." });
    });
  };
  const elsewhere = wrongElsewhere(result, ["text"]);
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <WrongFields after={result} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <NativeSelect
        label="Kind"
        data={EXEMPTION_KINDS.map((value) => ({ value, label: EXEMPTION_LABELS[value] }))}
        value={kind}
        onChange={({ currentTarget: { value } }) => {
          if (isExemptionKind(value)) set({ kind: value, text });
        }}
      />
      <TextInput
        label={EXEMPTION_LABELS[kind]}
        description={`${HINTS[kind]} Case is ignored.`}
        value={text}
        maxLength={200}
        onChange={({ currentTarget }) => set({ kind, text: currentTarget.value })}
        error={wrongField(result, "text")}
        data-autofocus
      />
      <SubmitActions onClose={onClose} isPending={isPending}>
        Add to list
      </SubmitActions>
    </form>
  );
}

export function RemoveExemption({ number, id, text, why }: Props & { id: string; text: string }) {
  const { did } = useChanges();
  return (
    <ConfirmButton
      size="xs"
      why={why}
      label={`Remove ${text} from the list`}
      title={`Remove ${text}?`}
      effect="Rules can release these seats again, after a notice."
      action="Remove from list"
      onConfirm={async () => {
        const result = await removeExemptionHere(number, id);
        if (result.ok) did({ words: "The never-release list was changed." });
        return result;
      }}
    >
      Remove…
    </ConfirmButton>
  );
}
