"use client";

import "@mantine/dates/styles.layer.css";
import { DatePicker } from "@mantine/dates";
import { useCallback } from "react";
import { dayOf, isDay } from "@/domain/month";
import styles from "./day-calendar.module.css";

export type CalendarProps = {
  /** The chosen day, `YYYY-MM-DD`; any other text means none. */
  day: string;
  /** The first and last day that can be chosen. */
  min?: string;
  max?: string;
  choose(day: string): void;
};

const NAMES = {
  previousMonth: "Previous month",
  nextMonth: "Next month",
  previousYear: "Previous year",
  nextYear: "Next year",
  previousDecade: "Previous ten years",
  nextDecade: "Next ten years",
  monthLevelControl: "Choose a month",
  yearLevelControl: "Choose a year",
};

/** A month of days. Arrow keys move by day and week, Enter chooses. */
export function DayCalendar({ day, min, max, choose }: CalendarProps) {
  const chosen = isDay(day) ? day : null;
  const focusFirst = useCallback((calendar: HTMLElement | null) => {
    calendar?.querySelector<HTMLElement>("td button[tabindex='0']")?.focus();
  }, []);
  return (
    <DatePicker
      ref={focusFirst}
      classNames={{ day: styles.day }}
      value={chosen}
      defaultDate={chosen ?? dayOf(new Date())}
      minDate={min}
      maxDate={max}
      onChange={(next) => next && choose(next)}
      ariaLabels={NAMES}
      enableKeyboardNavigation={false}
      // Escape closes the calendar only, not the dialog around it.
      __stopPropagation
    />
  );
}
