"use client";

import { TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { Dialog } from "@/components/ui/dialog";
import { SubmitActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import { isTyped, mistyped } from "@/domain/typed-confirmation";
import type { RefusalNotice } from "./refusal-notice";
import styles from "./typed-confirm.module.css";
import { orUnanswered } from "./unanswered";

/** The part of an action's result that a dialog shows. */
export type ConfirmResult = { ok: true } | { ok: false; refused: RefusalNotice };

type Props = {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** The license's seal at 72 px, if the dialog is about a license. */
  seal?: ReactNode;
  /** What happens, to whom, and whether it can be undone. */
  effect: ReactNode;
  /** The text to type, and its name, such as "license number" or "key ID". */
  asked: string;
  askedName: string;
  /** The text to type as people write it; `asked` by default. */
  shown?: string;
  /** The label of the confirming button, such as "Revoke key". */
  action: string;
  /** More fields between the effect and the number. */
  children?: ReactNode;
  onConfirm: () => Promise<ConfirmResult>;
};

/**
 * A dialog that requires typing a number before something irreversible. A refusal appears in the dialog, which stays
 * open.
 */
export function TypedConfirm({ opened, onClose, title, ...rest }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Confirmation {...rest} onClose={onClose} />
    </Dialog>
  );
}

function Confirmation({ seal, effect, children, onClose, ...asking }: Omit<Props, "opened" | "title">) {
  const { asked, askedName, shown = asked, action, onConfirm } = asking;
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTyped(typed, asked) || isPending) return;
    startTransition(async () => {
      const result = await orUnanswered(onConfirm());
      if (result.ok) onClose();
      else setRefused(result.refused);
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.what}>
        {seal}
        <div className={styles.effect}>{effect}</div>
      </div>
      {children}
      <TextInput
        data-autofocus
        label={`Enter the ${askedName}`}
        description={<code>{shown}</code>}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        error={slipWords(typed, asked, askedName)}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: styles.typed }}
      />
      {refused ? <Problem of={refused} /> : null}
      <SubmitActions
        onClose={onClose}
        isPending={isPending}
        color="danger"
        why={isTyped(typed, asked) ? null : `Enter the ${askedName} first.`}
      >
        {action}
      </SubmitActions>
    </form>
  );
}

function slipWords(typed: string, asked: string, askedName: string): string | null {
  const slip = mistyped(typed, asked);
  if (!slip) return null;
  return `The ${askedName} does not match. You entered …${slip.typed}, but this one ends in …${slip.asked}.`;
}
