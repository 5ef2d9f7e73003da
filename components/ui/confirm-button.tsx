"use client";

import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import type { ConfirmResult } from "@/components/forms/typed-confirm";
import { orUnanswered } from "@/components/forms/unanswered";
import { useKeptFields } from "@/components/forms/use-kept-fields";
import { WrongFields } from "@/components/forms/wrong-fields";
import { ActionButton } from "./action-button";
import styles from "./confirm-button.module.css";
import { Dialog } from "./dialog";
import { SubmitActions } from "./dialog-actions";
import { Problem } from "./problem";

type Props = {
  /** The text of the button, and its full accessible name in a list of such buttons. */
  children: string;
  label?: string;
  /** Why the button can't be pressed; null if it can. */
  why?: string | null;
  title: string;
  /** What happens, to whom, and whether it can be undone. */
  effect: ReactNode;
  /** Fields to fill in first; they are passed to `onConfirm`. */
  fields?: ReactNode;
  /** The text of the confirming button. */
  action: string;
  color?: "danger";
  size?: "xs" | "sm";
  /** Refreshes the data that the dialog shows. */
  onOpen?: () => void;
  onConfirm: (form: FormData) => Promise<ConfirmResult>;
};

/** A button that explains its effect and asks for confirmation. A refusal appears in the dialog, which stays open. */
export function ConfirmButton({ children, label, why, title, size = "sm", onOpen, ...asking }: Props) {
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpen(true);
    onOpen?.();
  };
  const close = () => setOpen(false);
  return (
    <>
      <ActionButton variant="default" size={size} why={why} aria-label={label} onClick={open}>
        {children}
      </ActionButton>
      <Dialog opened={isOpen} onClose={close} title={title}>
        <Question {...asking} name={title} onClose={close} />
      </Dialog>
    </>
  );
}

type Asking = Pick<Props, "effect" | "fields" | "action" | "color" | "onConfirm"> & {
  name: string;
  onClose: () => void;
};

function Question({ name, effect, fields, action, color, onConfirm, onClose }: Asking) {
  const { form: asked, settle } = useKeptFields(fields ? name : null);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  const confirm = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      const result = await orUnanswered(onConfirm(form));
      if (!result.ok) return setRefused(result.refused);
      settle();
      onClose();
    });
  };
  return (
    <form ref={asked} className={styles.form} onSubmit={confirm}>
      {typeof effect === "string" ? <p>{effect}</p> : effect}
      <WrongFields after={refused} />
      {fields ? (
        <div className={styles.form} data-wrong={refused !== null}>
          {fields}
        </div>
      ) : null}
      {refused ? <Problem of={refused} /> : null}
      <SubmitActions onClose={onClose} isPending={isPending} isCancelFirst={!fields} color={color}>
        {action}
      </SubmitActions>
    </form>
  );
}
