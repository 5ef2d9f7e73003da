"use client";

import { Radio } from "@mantine/core";
import { type ReactNode, useId, useOptimistic } from "react";
import type { WhenOffline } from "@/domain/leases/bounded-definition";
import { SettingNotes } from "./setting-notes";
import styles from "./settings.module.css";
import { useSetting } from "./use-setting";

type Props = {
  number: string;
  whenOffline: WhenOffline;
  why: string | null;
  /** Who would get no minutes of a bounded license. */
  children: ReactNode;
};

const CHOICES: { value: WhenOffline; label: string; effect: string }[] = [
  {
    value: "optimistic",
    label: "Optimistic",
    effect:
      "Deployments that can't reach this server go on with the last known total. A month can end above its cap. Default.",
  },
  {
    value: "bounded",
    label: "Bounded",
    effect:
      "Deployments use only minutes that they reserved here before. A month stays within its cap, also while they are offline.",
  },
];

/** The choice of what deployments may use while they can't reach the server. */
export function WhenOfflineChoice({ number, whenOffline, why, children }: Props) {
  const reason = useId();
  const leftOut = useId();
  const [shown, setShown] = useOptimistic(whenOffline);
  const { refused, save } = useSetting(number);
  const choose = (value: string) => {
    const next = CHOICES.find((choice) => choice.value === value)?.value;
    if (why || !next || next === shown) return;
    const said = `Minutes are ${next === "bounded" ? "bounded: deployments reserve them" : "counted optimistically"}.`;
    save({ whenOffline: next }, { whenOffline: shown }, said, () => setShown(next));
  };
  return (
    <div className={styles.setting}>
      <div>
        <Radio.Group
          label="When offline"
          value={shown}
          onChange={choose}
          aria-describedby={why ? `${leftOut} ${reason}` : leftOut}
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
        <div id={leftOut} className={styles.leftOut}>
          {children}
        </div>
      </div>
      <SettingNotes id={reason} why={why} refused={refused} />
    </div>
  );
}
