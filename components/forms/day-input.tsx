"use client";

import { TextInput, type TextInputProps } from "@mantine/core";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { dateFormsSentence } from "@/domain/dates/date-form";
import { DayButton } from "./day-button";
import { useTypedDay } from "./use-typed-day";

type Props = Omit<TextInputProps, "value" | "onChange" | "type" | "label"> & {
  label: string;
  /** A day, `YYYY-MM-DD`, or empty; any other text is shown as it is, with the forms of a day. */
  value: string;
  min?: string;
  max?: string;
  onChange(day: string): void;
};

/** A field of a form for a day, typed or chosen from a calendar. */
export function DayInput({ value, min, max, onChange, error, ...parts }: Props) {
  const { dateForm } = useDateStyle();
  const { field, isWrong, choose } = useTypedDay(value, onChange);
  return (
    <TextInput
      autoComplete="off"
      {...parts}
      {...field}
      error={isWrong ? dateFormsSentence(dateForm) : error}
      rightSectionWidth={36}
      rightSection={
        <DayButton label={parts["aria-label"] ?? parts.label} day={value} {...{ min, max, choose }} />
      }
    />
  );
}
