"use client";

import { useState } from "react";
import { DayInput } from "@/components/forms/day-input";
import { daysOf, validityOf } from "@/domain/licenses/validity";
import { isDay } from "@/domain/month";
import styles from "./day-range.module.css";

type Props = {
  /** The context of the two days, for screen readers. */
  of: string;
  valid: string;
  error?: string;
  onChange: (valid: string) => void;
};

const NONE = { first: "", last: "" };
const LABELS = { first: "First day", last: "Last day" };
const EMPTY = { first: "No start", last: "No end" };

/** Fields for the first and last day of a validity; either may be empty. A text that is no day isn't valid. */
export function DayRange({ of, valid, error, onChange }: Props) {
  const [typed, setTyped] = useState(NONE);
  const days = validityOf(typed) === valid ? typed : (daysOf(valid) ?? NONE);
  const areDays = [days.first, days.last].every((day) => day === "" || isDay(day));
  const part = (name: "first" | "last") => ({
    value: days[name],
    label: LABELS[name],
    placeholder: EMPTY[name],
    "aria-label": `${of}, ${name} day`,
    error: areDays && error !== undefined,
    classNames: { root: styles.day },
    onChange: (day: string) => {
      const next = { ...days, [name]: day };
      setTyped(next);
      onChange(validityOf(next));
    },
  });
  return (
    <div className={styles.range}>
      <DayInput {...part("first")} />
      <DayInput {...part("last")} />
      {error && areDays ? (
        <p className={styles.error} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
