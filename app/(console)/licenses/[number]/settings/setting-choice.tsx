"use client";

import { Radio } from "@mantine/core";
import { type ReactNode, useId, useOptimistic } from "react";
import type { LicenseSettings } from "@/server/licenses/license";
import { SettingNotes } from "./setting-notes";
import styles from "./settings.module.css";
import { useSetting } from "./use-setting";

/** A value of a setting: its name, what it does, and the sentence after it was chosen. */
export type Choice<Value> = { value: Value; name: string; effect: string; said: string };

type Field = "subjectMatching" | "whenOffline";
type Props<Of extends Field> = {
  number: string;
  field: Of;
  label: string;
  value: LicenseSettings[Of];
  choices: readonly Choice<LicenseSettings[Of]>[];
  why: string | null;
  /** What to know before choosing. */
  children?: ReactNode;
};

/** A setting with a few values, saved as soon as one is chosen. */
export function SettingChoice<Of extends Field>({
  number,
  field,
  label,
  value,
  choices,
  why,
  children,
}: Props<Of>) {
  const [reason, notes] = [useId(), useId()];
  const [shown, setShown] = useOptimistic(value);
  const { refused, save } = useSetting(number);
  const choose = (text: string) => {
    const next = choices.find((choice) => choice.value === text);
    if (why || !next || next.value === shown) return;
    save({ [field]: next.value }, { [field]: shown }, next.said, () => setShown(next.value));
  };
  const described = [children ? notes : "", why ? reason : ""].filter(Boolean).join(" ");
  return (
    <div className={styles.setting}>
      <div>
        <Radio.Group label={label} value={shown} onChange={choose} aria-describedby={described || undefined}>
          {choices.map((choice) => (
            <Radio
              key={choice.value}
              value={choice.value}
              label={choice.name}
              description={choice.effect}
              mt="xs"
              aria-disabled={why !== null}
            />
          ))}
        </Radio.Group>
        {children ? (
          <div id={notes} className={styles.notes}>
            {children}
          </div>
        ) : null}
      </div>
      <SettingNotes id={reason} why={why} refused={refused} />
    </div>
  );
}
