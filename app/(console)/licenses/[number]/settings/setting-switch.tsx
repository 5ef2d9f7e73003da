"use client";

import { Switch } from "@mantine/core";
import { useId, useOptimistic } from "react";
import { SettingNotes } from "./setting-notes";
import styles from "./settings.module.css";
import { useSetting } from "./use-setting";

type Props = {
  number: string;
  field: "autoAssignProfessional" | "autoAssignAnalyzer" | "sessionNames";
  label: string;
  /** One sentence about its effect, and its default. */
  effect: string;
  /** What was done, as a sentence, for either position. */
  said: { on: string; off: string };
  isOn: boolean;
  why: string | null;
};

/** A switch that saves itself. It moves at once, and moves back with the reason if refused. */
export function SettingSwitch({ number, field, label, effect, said, isOn, why }: Props) {
  const about = useId();
  const [shown, setShown] = useOptimistic(isOn);
  const { refused, isPending, save } = useSetting(number);
  const toggle = () => {
    if (why) return;
    const next = !shown;
    save({ [field]: next }, { [field]: shown }, next ? said.on : said.off, () => setShown(next));
  };
  return (
    <div className={styles.setting}>
      <div className={styles.words}>
        <label className={styles.name} htmlFor={`${about}-switch`}>
          {label}
        </label>
        <p id={about}>{effect}</p>
      </div>
      <Switch
        id={`${about}-switch`}
        aria-describedby={why ? `${about} ${about}-why` : about}
        aria-disabled={why ? true : undefined}
        aria-busy={isPending}
        checked={shown}
        onChange={toggle}
        size="md"
      />
      <SettingNotes id={`${about}-why`} why={why} refused={refused} />
    </div>
  );
}
