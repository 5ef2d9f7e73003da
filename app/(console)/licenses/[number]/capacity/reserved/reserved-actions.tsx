"use client";

import { TextInput } from "@mantine/core";
import { counted } from "@/components/text/numbers";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { END_HOLD_SENTENCE, releaseSentence } from "@/domain/leases/lease-state";
import { endHoldHere, releaseHere } from "./actions";

type Release = { number: string; lease: string; name: string; minutes: number; why: string | null };

/** Releases the unused minutes of a lease, after saying what that can lead to. */
export function ReleaseButton({ number, lease, name, minutes, why }: Release) {
  const title = `Release ${counted(minutes, "reserved minute")} of ${name}`;
  return (
    <ConfirmButton
      size="xs"
      label={title}
      why={why}
      title={title}
      effect={`${releaseSentence(minutes)} The deployment learns of it at its next call. This can't be undone.`}
      fields={<Reason />}
      action="Release minutes"
      color="danger"
      onConfirm={(form) => releaseHere(number, lease, form)}
    >
      Release
    </ConfirmButton>
  );
}

/** Ends the hold after a restore, for an owner who knows what every deployment holds. */
export function EndHoldButton({ number, why }: { number: string; why: string | null }) {
  return (
    <ConfirmButton
      why={why}
      title="End the hold"
      effect={END_HOLD_SENTENCE}
      fields={<Reason />}
      action="End hold"
      color="danger"
      onConfirm={(form) => endHoldHere(number, form)}
    >
      End hold
    </ConfirmButton>
  );
}

function Reason() {
  return (
    <TextInput
      name="reason"
      label="Reason"
      description="Shown in the audit log."
      required
      maxLength={200}
      data-autofocus
    />
  );
}
