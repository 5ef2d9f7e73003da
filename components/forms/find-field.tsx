"use client";

import { useEffect, useState } from "react";

type Props = { name: string; label: string; value: string; set(value: string): void };

/** A field that narrows a list while one types in it; what the address says comes back into it. */
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
