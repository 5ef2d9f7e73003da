import { type KeyboardEvent, useState } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { formatDate, parseDate } from "@/domain/dates/date-form";

/**
 * The text of a field for a day, in the person's form. `value` and what `change` gets are a day, `YYYY-MM-DD`, or empty;
 * a text that is no day is passed on as it is once the person leaves the field, so that it isn't taken for an empty field.
 */
export function useTypedDay(value: string, change: (day: string) => void) {
  const { dateForm } = useDateStyle();
  const dayIn = (text: string) => parseDate(text, dateForm) ?? text.trim();
  const isDayOrEmpty = (text: string) => text === "" || parseDate(text, dateForm) !== null;
  const shownDay = (text: string) => {
    const day = parseDate(text, dateForm);
    return day ? formatDate(day, dateForm) : text;
  };
  const [typed, setTyped] = useState(() => shownDay(value));
  const [known, setKnown] = useState(value);
  const [isTyping, setTyping] = useState(false);
  if (known !== value) {
    setKnown(value);
    if (dayIn(typed) !== value) setTyped(shownDay(value));
  }
  const type = (text: string) => {
    setTyped(text);
    setTyping(true);
    const day = dayIn(text);
    if (day !== value && isDayOrEmpty(day)) change(day);
  };
  const leave = () => {
    const day = dayIn(typed);
    setTyping(false);
    setTyped(shownDay(day));
    if (day !== value) change(day);
  };
  const choose = (day: string) => {
    setTyped(shownDay(day));
    change(day);
  };
  return {
    isWrong: !isTyping && !isDayOrEmpty(dayIn(typed)),
    choose,
    field: {
      value: typed,
      onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => type(currentTarget.value),
      onBlur: leave,
      // Enter and ⌘S save without leaving the field.
      onKeyDown: ({ key, metaKey, ctrlKey }: KeyboardEvent) => {
        if (key === "Enter" || metaKey || ctrlKey) leave();
      },
    },
  };
}
