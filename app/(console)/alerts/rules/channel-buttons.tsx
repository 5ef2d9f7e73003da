"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useTransition } from "react";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";
import { CHANNEL_LABELS } from "@/components/text/alert-labels";
import { ActionButton } from "@/components/ui/action-button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { CHANNEL_KINDS } from "@/domain/alerts/alert-messages";
import { addChannel, removeHere, sendTest } from "./channel-actions";

type Props = { why: string | null };
type OfChannel = Props & { id: string; name: string };

const KINDS = CHANNEL_KINDS.map((kind) => ({ value: kind, label: CHANNEL_LABELS[kind] }));

/** The button and dialog to add a channel. */
export function AddChannel({ customers, why }: Props & { customers: { id: string; name: string }[] }) {
  return (
    <ConfirmButton
      why={why}
      title="Add channel"
      effect="Create an incoming webhook in Slack or a workflow in Teams first, then paste its URL here. The URL is not shown again."
      fields={
        <>
          <TextInput name="name" label="Name" maxLength={200} required withAsterisk={false} data-autofocus />
          <NativeSelect name="kind" label="Kind" data={KINDS} />
          <TextInput
            name="url"
            label="URL"
            placeholder="https://"
            maxLength={2000}
            autoComplete="off"
            required
            withAsterisk={false}
          />
          <NativeSelect
            name="customer"
            label="Alerts of"
            data={[
              { value: "", label: "All customers and the installation" },
              ...customers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </>
      }
      action="Add channel"
      onConfirm={addChannel}
    >
      Add channel…
    </ConfirmButton>
  );
}

/** Sends a message to a channel now, and says what came of it. */
export function TestChannel({ id, name, why }: OfChannel) {
  const { did } = useChanges();
  const [isPending, start] = useTransition();
  const test = () =>
    start(async () => {
      const result = await orUnanswered(sendTest(id));
      if (!result.ok) did({ words: result.refused.sentence });
      else if (result.did.error) did({ words: `The test message wasn't delivered: ${result.did.error}.` });
      else did({ words: `A test message was sent to ${name}.` });
    });
  return (
    <ActionButton
      size="xs"
      variant="default"
      aria-label={`Send a test message to ${name}`}
      loading={isPending}
      why={why}
      onClick={test}
    >
      Send test
    </ActionButton>
  );
}

/** The button and dialog to remove a channel. */
export function RemoveChannel({ id, name, why }: OfChannel) {
  return (
    <ConfirmButton
      size="xs"
      why={why}
      label={`Remove ${name}`}
      title={`Remove ${name}?`}
      effect="It gets no more alerts. The webhook stays in Slack or Teams until you remove it there."
      action="Remove channel"
      color="danger"
      onConfirm={() => removeHere(id)}
    >
      Remove…
    </ConfirmButton>
  );
}
