"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { removeWebhookNow, rotateSecret, sendTest, setWebhookState } from "@/app/(console)/webhooks/actions";
import styles from "@/app/(console)/webhooks/webhooks.module.css";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { ActionButton } from "@/components/ui/action-button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Link } from "@/components/ui/link";
import { OnceButton } from "@/components/ui/once-button";
import { Problem } from "@/components/ui/problem";
import type { WebhookState } from "@/domain/webhooks/webhook";

type Props = { of: { id: string; name: string; state: WebhookState }; why: string | null };

const OVERLAPS = [
  { value: "24", label: "for 24 hours" },
  { value: "168", label: "for 7 days" },
  { value: "0", label: "no longer, because it leaked" },
];
const RESUME = { active: "Pause", paused: "Resume", disabled: "Enable" } as const;

/** What an admin can do with a webhook. */
export function WebhookActions({ of: webhook, why }: Props) {
  const { id, name, state } = webhook;
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const router = useRouter();
  const [isTesting, startTest] = useTransition();
  const [isChanging, startChange] = useTransition();
  const test = () =>
    startTest(async () => {
      const sent = await orUnanswered(sendTest(id));
      if (sent.ok) router.push(`/webhooks/${id}/deliveries/${sent.did}`);
      else setRefused(sent.refused);
    });
  const change = () =>
    startChange(async () => {
      const changed = await orUnanswered(setWebhookState(id, state === "active" ? "paused" : "active"));
      setRefused(changed.ok ? null : changed.refused);
    });
  return (
    <div className={styles.page}>
      <div className={styles.actions}>
        <ActionButton why={why} loading={isTesting} onClick={test}>
          Send test event
        </ActionButton>
        <ActionButton variant="default" why={why} loading={isChanging} onClick={change}>
          {RESUME[state]}
        </ActionButton>
        {why ? (
          <ActionButton variant="default" why={why}>
            Edit
          </ActionButton>
        ) : (
          <Button variant="default" renderRoot={(props) => <Link href={`/webhooks/${id}/edit`} {...props} />}>
            Edit
          </Button>
        )}
        <RotateSecret of={webhook} why={why} />
        <ConfirmButton
          why={why}
          title={`Remove the webhook ${name}?`}
          effect="It is sent no more events, and those that wait are dropped. This can't be undone."
          action="Remove webhook"
          color="danger"
          onConfirm={async () => {
            const removed = await removeWebhookNow(id);
            if (removed.ok) router.push("/webhooks");
            return removed;
          }}
        >
          Remove…
        </ConfirmButton>
      </div>
      {refused ? <Problem of={refused} /> : null}
    </div>
  );
}

function RotateSecret({ of: { id }, why }: Props) {
  return (
    <OnceButton
      why={why}
      title="Rotate the secret"
      form={
        <>
          <p>A new secret signs from now on. While the previous one signs too, receivers accept either.</p>
          <NativeSelect name="overlapHours" label="The previous secret signs" data={OVERLAPS} />
        </>
      }
      action="Rotate secret"
      make={async (form) => {
        const rotated = await rotateSecret(id, form);
        if (!rotated.ok) return rotated;
        return {
          ok: true,
          title: "New secret",
          shown: {
            text: rotated.did.secret,
            fileName: "signet-webhook-secret.txt",
            lead: <p>Give it to the receiver. It is not shown again: store it in a safe place.</p>,
          },
        };
      }}
    >
      Rotate secret…
    </OnceButton>
  );
}
