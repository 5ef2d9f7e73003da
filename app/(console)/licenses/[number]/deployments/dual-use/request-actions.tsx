"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ActionButton } from "@/components/action-button";
import { Dialog } from "@/components/dialog";
import { DialogActions } from "@/components/dialog-actions";
import { Problem } from "@/components/problem";
import { acceptHere, rejectHere, withdrawHere } from "./actions";
import styles from "./dual-use.module.css";
import type { RequestRow } from "./listed-requests";
import { requestName, stopInWords } from "./request-labels";
import { actionsId, useDecision } from "./use-decision";

type Props = { number: string; row: RequestRow; why: string | null };

/** What can be done with a request as it stands. */
export function RequestActions(props: Props) {
  return (
    <span id={actionsId(props.row.id)} className={styles.actions}>
      <Possible {...props} />
    </span>
  );
}

function Possible(props: Props) {
  switch (props.row.state) {
    case "waiting":
      return (
        <>
          <Accept {...props} />
          <Reject {...props} />
        </>
      );
    case "accepted":
      return <Withdraw {...props} />;
    default:
      return <Accept {...props} variant="default" />;
  }
}

function Accept({ number, row, why, variant = "filled" }: Props & { variant?: "filled" | "default" }) {
  const { refused, isPending, decide } = useDecision(number, row.id);
  const name = requestName(row);
  const accept = () =>
    decide(() => acceptHere(number, row.id), `${name} was accepted. It joins at its next contact.`);
  return (
    <>
      <ActionButton
        size="xs"
        variant={variant}
        why={why ?? row.full}
        loading={isPending}
        aria-label={`Accept ${name}`}
        onClick={accept}
      >
        Accept
      </ActionButton>
      {refused ? <Problem of={refused} /> : null}
    </>
  );
}

function Reject({ number, row, why }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { refused, isPending, decide } = useDecision(number, row.id, () => setOpen(false));
  const name = requestName(row);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide(() => rejectHere(number, row.id, reason), `${name} was rejected.`);
  };
  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        why={why}
        aria-label={`Reject ${name}`}
        onClick={() => setOpen(true)}
      >
        Reject…
      </ActionButton>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title="Reject this deployment?">
        <form onSubmit={submit} className={styles.form}>
          <p>
            <strong>{name}</strong> doesn't join the license. You can still accept it later.
          </p>
          <TextInput
            label="Reason"
            description="The product shows it to whoever runs it."
            maxLength={200}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            required
            withAsterisk={false}
            data-autofocus
          />
          {refused ? <Problem of={refused} /> : null}
          <DialogActions>
            <Button variant="default" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <ActionButton type="submit" loading={isPending}>
              Reject deployment
            </ActionButton>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}

function Withdraw({ number, row, why }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { refused, isPending, decide, look } = useDecision(number, row.id, () => setOpen(false));
  const name = requestName(row);
  const withdraw = () => decide(() => withdrawHere(number, row.id), `${name} was withdrawn.`);
  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        why={why}
        aria-label={`Withdraw ${name}`}
        onClick={() => {
          setOpen(true);
          look();
        }}
      >
        Withdraw…
      </ActionButton>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title="Withdraw this deployment?">
        <div className={styles.form}>
          <p>
            <strong>{name}</strong>: {stopInWords(row)}
          </p>
          <p>Its users keep their seats. You can accept it again later.</p>
          {refused ? <Problem of={refused} /> : null}
          <DialogActions>
            <Button variant="default" onClick={() => setOpen(false)} data-autofocus>
              Cancel
            </Button>
            <ActionButton color="danger" loading={isPending} onClick={withdraw}>
              Withdraw deployment
            </ActionButton>
          </DialogActions>
        </div>
      </Dialog>
    </>
  );
}
