"use client";

import { NumberInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ActionButton } from "@/components/action-button";
import { counted } from "@/components/numbers";
import { RefusedMarks } from "@/components/refused-marks";
import { MAX_OFFLINE_DAYS } from "@/domain/checkout";
import type { LicenseSettings } from "@/server/licenses";
import styles from "./days-form.module.css";
import { useSetting } from "./use-setting";

type Offline = Pick<LicenseSettings, "offlineDays" | "maxCheckouts">;
type Props = { number: string; settings: Offline; why: string | null };

const MOST = 1_000_000;

/** How long signed definitions last, and how many can be out at a time. */
export function OfflineForm({ number, settings: { offlineDays, maxCheckouts }, why }: Props) {
  const known: Offline = { offlineDays, maxCheckouts };
  const [wanted, setWanted] = useState<Offline>(known);
  const [seen, setSeen] = useState<Offline>(known);
  const { refused, isPending, save } = useSetting(number);
  const isSame = areSame(wanted, known);
  if (isSame && !areSame(seen, known)) setSeen(known);
  const isOvertaken = refused?.code === "CHANGED_MEANWHILE";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why || isSame) return;
    save(wanted, isOvertaken ? known : seen, `Signed definitions: ${inWords(wanted)}.`);
  };
  const shared = { clampBehavior: "strict", allowDecimal: false, allowNegative: false } as const;
  return (
    <form className={styles.form} onSubmit={submit}>
      <NumberInput
        label="Duration"
        description="How long a signed definition works at most. Default: 90 days."
        value={wanted.offlineDays}
        onChange={(value) => setWanted({ ...wanted, offlineDays: Number(value) || 1 })}
        min={1}
        max={MAX_OFFLINE_DAYS}
        suffix=" days"
        readOnly={why !== null}
        {...shared}
      />
      <NumberInput
        label="Out at a time"
        description="How many can be out before one is returned or expires. Empty: any number."
        value={wanted.maxCheckouts ?? ""}
        onChange={(value) => setWanted({ ...wanted, maxCheckouts: value === "" ? null : Number(value) })}
        min={0}
        max={MOST}
        readOnly={why !== null}
        {...shared}
      />
      {refused ? (
        <p className={styles.refused}>
          <span role="alert">
            {refused.sentence}
            {isOvertaken ? ` Now: ${inWords(known)}.` : ""}
          </span>{" "}
          <RefusedMarks of={refused} />
        </p>
      ) : null}
      <ActionButton
        type="submit"
        className={styles.save}
        loading={isPending}
        why={why ?? (isSame ? "Nothing is changed." : null)}
      >
        Save limits
      </ActionButton>
    </form>
  );
}

function inWords({ offlineDays, maxCheckouts }: Offline): string {
  const most = maxCheckouts === null ? "any number out" : `${maxCheckouts} out at a time`;
  return `${counted(offlineDays, "day")}, ${most}`;
}

function areSame(one: Offline, other: Offline): boolean {
  return one.offlineDays === other.offlineDays && one.maxCheckouts === other.maxCheckouts;
}
