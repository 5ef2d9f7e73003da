"use client";

import { TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { ActionButton } from "@/components/ui/action-button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Problem } from "@/components/ui/problem";
import { acceptHere, rejectHere, withdrawHere } from "./actions";
import styles from "./dual-use.module.css";
import type { RequestRow } from "./listed-requests";
import { requestName, stopText } from "./request-labels";
import { actionsId, useDecision } from "./use-decision";

type Props = { number: string; row: RequestRow; why: string | null };

/** The actions for a request in its current state. */
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
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, start] = useTransition();
  const { decide } = useDecision(number, row.id);
  const name = requestName(row);
  const accept = () =>
    start(async () => {
      const done = `${name} was accepted. It joins at its next contact.`;
      const result = await decide(acceptHere(number, row.id), done);
      setRefused(result.ok ? null : result.refused);
    });
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
  const { decide } = useDecision(number, row.id);
  const name = requestName(row);
  const reject = (form: FormData) =>
    decide(rejectHere(number, row.id, String(form.get("reason") ?? "")), `${name} was rejected.`);
  return (
    <ConfirmButton
      size="xs"
      why={why}
      label={`Reject ${name}`}
      title="Reject this deployment?"
      effect={
        <p>
          <strong>{name}</strong> can't join the license. You can still accept it later.
        </p>
      }
      fields={
        <TextInput
          label="Reason"
          name="reason"
          description="Shown by the product."
          maxLength={200}
          required
          withAsterisk={false}
          data-autofocus
        />
      }
      action="Reject deployment"
      onConfirm={reject}
    >
      Reject…
    </ConfirmButton>
  );
}

/**
 * Withdraws an acceptance. Opening the dialog refreshes the list, because the effect depends on whether the deployment
 * has joined.
 */
function Withdraw({ number, row, why }: Props) {
  const { decide, reread } = useDecision(number, row.id);
  const dates = useDateStyle();
  const name = requestName(row);
  return (
    <ConfirmButton
      size="xs"
      why={why}
      label={`Withdraw ${name}`}
      title="Withdraw this deployment?"
      effect={
        <>
          <p>
            <strong>{name}</strong>: {stopText(row, dates)}
          </p>
          <p>Its users keep their seats. You can accept it again later.</p>
        </>
      }
      action="Withdraw deployment"
      color="danger"
      onOpen={reread}
      onConfirm={() => decide(withdrawHere(number, row.id), `${name} was withdrawn.`)}
    >
      Withdraw…
    </ConfirmButton>
  );
}
