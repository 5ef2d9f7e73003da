"use client";

import { useEffect, useState } from "react";

type Props = { name: string; label: string; value: string; set(value: string): void };

/** A search field that filters a list while the person types. Changes of the URL show in the field too. */
export function FindField({ name, label, value, set }: Props) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <input
      type="search"
      name={name}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        set(currentTarget.value);
      }}
    />
  );
}
