"use client";

import { useId } from "react";
import { DAY_FORMS, typedDay } from "@/domain/typed-day";
import { DayButton } from "./day-button";
import styles from "./day-field.module.css";
import { useTypedDay } from "./use-typed-day";

type Props = {
  name: string;
  label: string;
  /** A day, `YYYY-MM-DD`, or empty. */
  value: string;
  set(day: string): void;
};

/** A filter for a day in UTC, typed or chosen from a calendar. A text that is no day doesn't filter. */
export function DayField({ name, label, value, set }: Props) {
  const { field, isWrong, choose } = useTypedDay(value, (day) => {
    if (day === "" || typedDay(day)) set(day);
  });
  const id = useId();
  const forms = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <span className={styles.box}>
        <input
          id={id}
          name={name}
          autoComplete="off"
          placeholder="28 Nov 2026"
          aria-invalid={isWrong}
          aria-describedby={isWrong ? forms : undefined}
          {...field}
        />
        <DayButton label={label} day={value} choose={choose} />
      </span>
      {isWrong ? (
        <span id={forms} role="alert" className={styles.forms}>
          {DAY_FORMS}
        </span>
      ) : null}
    </span>
  );
}
