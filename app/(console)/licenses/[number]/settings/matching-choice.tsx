"use client";

import { Radio } from "@mantine/core";
import { useId, useOptimistic } from "react";
import type { SubjectMatching } from "@/domain/assignments/subject";
import { SettingNotes } from "./setting-notes";
import styles from "./settings.module.css";
import { useSetting } from "./use-setting";

type Props = { number: string; matching: SubjectMatching; why: string | null };

const CHOICES: { value: SubjectMatching; label: string; effect: string }[] = [
  {
    value: "folded",
    label: "Case-insensitive",
    effect: "ACME\\Bob and acme\\bob are one user and take one seat. Default.",
  },
  {
    value: "exact",
    label: "Exact",
    effect: "Every spelling is a separate user and takes its own seat.",
  },
];

/** The choice of how users are matched. */
export function MatchingChoice({ number, matching, why }: Props) {
  const reason = useId();
  const [shown, setShown] = useOptimistic(matching);
  const { refused, save } = useSetting(number);
  const choose = (value: string) => {
    const next = CHOICES.find((choice) => choice.value === value)?.value;
    if (why || !next || next === shown) return;
    save(
      { subjectMatching: next },
      { subjectMatching: shown },
      `User matching is ${next === "exact" ? "exact" : "case-insensitive"}.`,
      () => setShown(next),
    );
  };
  return (
    <div className={styles.setting}>
      <Radio.Group
        label="User matching"
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
