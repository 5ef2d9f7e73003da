"use client";

import { useId } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { dateFormsSentence, formatDate } from "@/domain/dates/date-form";
import { isDay } from "@/domain/month";
import { DayButton } from "./day-button";
import styles from "./day-field.module.css";
import { useTypedDay } from "./use-typed-day";

type Props = {
  name: string;
  label: string;
  /** A day, `YYYY-MM-DD`, or empty; any other text is shown as it is, with the forms of a day. */
  value: string;
  set(day: string): void;
};

/** A filter for a day in UTC, typed or chosen from a calendar. A text that is no day doesn't filter. */
export function DayField({ name, label, value, set }: Props) {
  const { field, isWrong, choose } = useTypedDay(value, (day) => {
    if (day === "" || isDay(day)) set(day);
  });
  const { dateForm } = useDateStyle();
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
          placeholder={formatDate("2026-11-28", dateForm)}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? forms : undefined}
          {...field}
        />
        <DayButton label={label} day={value} choose={choose} />
      </span>
      {isWrong ? (
        <span id={forms} role="alert" className={styles.forms}>
          {dateFormsSentence(dateForm)}
        </span>
      ) : null}
    </span>
  );
}
