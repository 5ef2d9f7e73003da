"use client";

import { Button } from "@mantine/core";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useKeptFields } from "@/components/forms/use-kept-fields";
import { WrongFields } from "@/components/forms/wrong-fields";
import { ActionButton } from "./action-button";
import { Dialog } from "./dialog";
import { DialogActions, SubmitActions } from "./dialog-actions";
import styles from "./once-button.module.css";
import { Problem } from "./problem";
import { type Shown, ShownSecret } from "./shown-secret";

/** The result: a secret with a title, or a refusal. */
export type CreateResult = { ok: true; title: string; shown: Shown } | { ok: false; refused: RefusalNotice };

type Props = {
  /** The text of the button, and its full accessible name in a list of such buttons. */
  children: string;
  label?: string;
  why?: string | null;
  size?: "xs" | "sm";
  title: string;
  /** An explanation, and the fields to fill in. */
  form: ReactNode;
  /** The text of the button that creates the secret. */
  action: string;
  make: (form: FormData) => Promise<CreateResult>;
};

/**
 * Creates a secret in a dialog and shows it once. Closing the dialog before the secret is stored asks for confirmation.
 */
export function OnceButton({ children, label, why, size = "sm", title, form, action, make }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<Extract<CreateResult, { ok: true }> | null>(null);
  const [isStored, setStored] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const close = () => {
    setOpen(false);
    setMade(null);
    setStored(false);
    setAsked(false);
  };
  const finish = made && !isStored ? () => setAsked(true) : close;
  return (
    <>
      <ActionButton variant="default" size={size} why={why} aria-label={label} onClick={() => setOpen(true)}>
        {children}
      </ActionButton>
      <Dialog opened={isOpen} onClose={finish} title={made?.title ?? title}>
        {made ? (
          <>
            <ShownSecret shown={made.shown} isStored={isStored} onStored={setStored} />
            {isAsked && !isStored ? (
              <Unkept onBack={() => setAsked(false)} onClose={close} />
            ) : (
              <DialogActions>
                <Button onClick={finish}>Close</Button>
              </DialogActions>
            )}
          </>
        ) : (
          <MakeForm name={title} {...{ form, action, make }} onMade={setMade} onClose={close} />
        )}
      </Dialog>
    </>
  );
}

type FormProps = Pick<Props, "form" | "action" | "make"> & {
  name: string;
  onMade: (made: Extract<CreateResult, { ok: true }>) => void;
  onClose: () => void;
};

function MakeForm({ name, form, action, make, onMade, onClose }: FormProps) {
  const { form: filled, settle } = useKeptFields(name);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    startTransition(async () => {
      const made = await orUnanswered(make(fields));
      if (!made.ok) return setRefused(made.refused);
      settle();
      onMade(made);
    });
  };
  return (
    <form ref={filled} className={styles.form} onSubmit={submit}>
      <WrongFields after={refused} />
      <div className={styles.form} data-wrong={refused !== null}>
        {form}
      </div>
      {refused ? <Problem of={refused} /> : null}
      <SubmitActions onClose={onClose} isPending={isPending}>
        {action}
      </SubmitActions>
    </form>
  );
}

function Unkept({ onBack, onClose }: { onBack: () => void; onClose: () => void }) {
  return (
    <div className={styles.unkept} role="alert">
      <p>It can't be shown again. Close without storing it?</p>
      <DialogActions>
        <Button variant="default" onClick={onBack} autoFocus>
          Keep open
        </Button>
        <Button color="danger" onClick={onClose}>
          Close anyway
        </Button>
      </DialogActions>
    </div>
  );
}
