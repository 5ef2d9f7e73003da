"use client";

import { Radio } from "@mantine/core";
import { useId, useOptimistic } from "react";
import type { SubjectMatching } from "@/domain/subject";
import { SettingNotes } from "./setting-notes";
import styles from "./settings.module.css";
import { useSetting } from "./use-setting";

type Parts = { number: string; matching: SubjectMatching; why: string | null };

const CHOICES: { value: SubjectMatching; label: string; effect: string }[] = [
  {
    value: "folded",
    label: "Folded",
    effect: "ACME\\Bob and acme\\bob are one person and take one seat. The default.",
  },
  {
    value: "exact",
    label: "Exactly",
    effect: "Every spelling is a person of its own, and takes a seat of its own.",
  },
];

/** How subjects are told apart. */
export function MatchingChoice({ number, matching, why }: Parts) {
  const reason = useId();
  const [shown, setShown] = useOptimistic(matching);
  const { refused, save } = useSetting(number);
  const choose = (value: string) => {
    const next = CHOICES.find((choice) => choice.value === value)?.value;
    if (why || !next || next === shown) return;
    save(
      { subjectMatching: next },
      { subjectMatching: shown },
      `Subjects are compared ${next === "exact" ? "exactly" : "folded"}.`,
      () => setShown(next),
    );
  };
  return (
    <div className={styles.setting}>
      <Radio.Group
        label="Subjects are compared"
        value={shown}
        onChange={choose}
        aria-describedby={why ? reason : undefined}
      >
        {CHOICES.map(({ value, label, effect }) => (
          <Radio
            key={value}
            value={value}
            label={label}
            description={effect}
            mt="xs"
            aria-disabled={why !== null}
          />
        ))}
      </Radio.Group>
      <SettingNotes id={reason} why={why} refused={refused} />
    </div>
  );
}
