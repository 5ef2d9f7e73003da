import { type MouseEvent, useEffect, useState } from "react";
import { copyText } from "./copy-text";

export type Copied = "idle" | "copied" | "failed";

const SHOWN_MS = 2000;

/** Copies a text on a press, another one with Shift, and reports the result for two seconds. */
export function useCopy(text: string, shifted = text) {
  const [state, setState] = useState<Copied>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(setState, SHOWN_MS, "idle");
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async ({ shiftKey, currentTarget }: MouseEvent<HTMLElement>) =>
    setState((await copyText(shiftKey ? shifted : text, currentTarget)) ? "copied" : "failed");
  return { state, copy };
}
