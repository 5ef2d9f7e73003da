"use client";

import { Radio } from "@mantine/core";
import { type ReactNode, useId, useOptimistic } from "react";
import { WHEN_OFFLINE_LABELS } from "@/components/text/when-offline-labels";
import { WHEN_OFFLINE, type WhenOffline } from "@/domain/leases/bounded-definition";
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

/** The choice of what deployments may use while they can't reach the server. */
export function WhenOfflineChoice({ number, whenOffline, why, children }: Props) {
  const reason = useId();
  const leftOut = useId();
  const [shown, setShown] = useOptimistic(whenOffline);
  const { refused, save } = useSetting(number);
  const choose = (value: string) => {
    const next = WHEN_OFFLINE.find((choice) => choice === value);
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
          {WHEN_OFFLINE.map((choice) => (
            <Radio
              key={choice}
              value={choice}
              label={WHEN_OFFLINE_LABELS[choice].name}
              description={WHEN_OFFLINE_LABELS[choice].effect}
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
