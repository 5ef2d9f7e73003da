"use client";

import { NumberInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ActionButton } from "@/components/action-button";
import { counted } from "@/components/numbers";
import { RefusedMarks } from "@/components/refused-marks";
import type { LicenseSettings } from "@/server/licenses";
import styles from "./days-form.module.css";
import { useSetting } from "./use-setting";

type Days = Pick<LicenseSettings, "leaseDays" | "graceDays">;
type Parts = { number: string; settings: Days; why: string | null };

const MOST_DAYS = 3650;

/** Lease and grace, in days: numbers are saved by a button. */
export function DaysForm({ number, settings, why }: Parts) {
  const [days, setDays] = useState<Days>(settings);
  const [seen, setSeen] = useState<Days>(settings);
  const { refused, isPending, save } = useSetting(number);
  const isSame = areSame(days, settings);
  // What was typed here was typed on top of what was seen: only once the server has it is it what is seen.
  if (isSame && !areSame(seen, settings)) setSeen(settings);
  const isOvertaken = refused?.code === "CHANGED_MEANWHILE";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why || isSame) return;
    const { leaseDays, graceDays } = days;
    // Who was told that somebody else changed it has seen what it is now.
    const known = isOvertaken ? settings : seen;
    save(
      { leaseDays, graceDays },
      { leaseDays: known.leaseDays, graceDays: known.graceDays },
      `The lease is ${counted(leaseDays, "day")}, the grace ${counted(graceDays, "day")}.`,
    );
  };
  const field = (name: keyof Days, least: number) => ({
    value: days[name],
    onChange: (value: string | number) => setDays({ ...days, [name]: Number(value) || least }),
    min: least,
    max: MOST_DAYS,
    clampBehavior: "strict" as const,
    allowDecimal: false,
    allowNegative: false,
    readOnly: why !== null,
    suffix: " days",
  });
  return (
    <form className={styles.form} onSubmit={submit}>
      <NumberInput
        label="Lease"
        description="Products go on for so long without reaching this server, then they deny access. Default: 14 days."
        {...field("leaseDays", 1)}
      />
      <NumberInput
        label="Grace"
        description="After the last day of validity products go on for so long, and say that the license ended. Default: 14 days."
        {...field("graceDays", 0)}
      />
      {refused ? (
        <p className={styles.refused}>
          <span role="alert">
            {refused.sentence}
            {isOvertaken
              ? ` The lease is ${counted(settings.leaseDays, "day")}, the grace ${counted(settings.graceDays, "day")}.`
              : ""}
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
        Save days
      </ActionButton>
    </form>
  );
}

function areSame(one: Days, other: Days): boolean {
  return one.leaseDays === other.leaseDays && one.graceDays === other.graceDays;
}
