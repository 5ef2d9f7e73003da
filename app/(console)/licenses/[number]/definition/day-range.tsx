"use client";

import { TextInput } from "@mantine/core";
import { daysOf, validityOf } from "@/domain/licenses/validity";
import styles from "./day-range.module.css";

type Props = {
  /** The context of the two days, for screen readers. */
  of: string;
  valid: string;
  error?: string;
  onChange: (valid: string) => void;
};

const LABELS = { first: "First day", last: "Last day" };

/** Fields for the first and last day of a validity; either may be empty. */
export function DayRange({ of, valid, error, onChange }: Props) {
  const days = daysOf(valid) ?? { first: "", last: "" };
  const part = (name: "first" | "last") => ({
    type: "date",
    value: days[name],
    min: "0001-01-01",
    max: "9999-12-31",
    label: LABELS[name],
    "aria-label": `${of}, ${name} day`,
    error: error !== undefined,
    classNames: { input: styles.day },
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      onChange(validityOf({ ...days, [name]: currentTarget.value })),
  });
  return (
    <div className={styles.range}>
      <TextInput {...part("first")} />
      <TextInput {...part("last")} />
      {error ? (
        <p className={styles.error} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
