"use client";

import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";

type Props = Omit<TextInputProps, "value" | "onChange"> & {
  value: readonly string[];
  onChange: (value: string[]) => void;
};

/** A comma-separated list. The text stays as typed while it means the same list. */
export function ListInput({ value, onChange, ...rest }: Props) {
  const [text, setText] = useState(value.join(", "));
  const shown = wordsOf(text).join() === value.join() ? text : value.join(", ");
  return (
    <TextInput
      {...rest}
      value={shown}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(wordsOf(currentTarget.value));
      }}
    />
  );
}

function wordsOf(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}
