import { type KeyboardEvent, useState } from "react";
import { dayText } from "@/components/text/when";
import { typedDay } from "@/domain/typed-day";

/**
 * The text of a field for a day. `value` and what `change` gets are a day, `YYYY-MM-DD`, or empty; a text that is no day
 * is passed on as it is once the person leaves the field, so that it isn't taken for an empty field.
 */
export function useTypedDay(value: string, change: (day: string) => void) {
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

/** A day as its field shows it; other texts as they are. */
function shownDay(text: string): string {
  const day = typedDay(text);
  return day ? dayText(new Date(day)).replaceAll("\u00A0", " ") : text;
}

function dayIn(text: string): string {
  return typedDay(text) ?? text.trim();
}

function isDayOrEmpty(text: string): boolean {
  return text === "" || typedDay(text) !== null;
}
