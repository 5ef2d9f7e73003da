import { useState } from "react";

/** The value of a field: what the URL says until somebody edits it. */
export function useSaid(value: string) {
  const [shown, setShown] = useState(value);
  const [said, setSaid] = useState(value);
  if (said !== value) {
    setSaid(value);
    if (shown.trim() === said) setShown(value);
  }
  return [shown, setShown] as const;
}
