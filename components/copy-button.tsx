"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type MouseEvent, useEffect, useState } from "react";
import styles from "./copy-button.module.css";

type Parts = Omit<ButtonProps, "children"> & {
  text: string;
  /** What a press with shift copies: the number with its spaces, say. */
  shifted?: string;
  /** The words on the button: "Copy number". */
  children: string;
};

type State = "idle" | "copied" | "failed";

const SHOWN_MS = 2000;
const WORDS: Record<Exclude<State, "idle">, string> = {
  copied: "Copied",
  failed: "Not copied: select it and copy by hand",
};

/** Copies a text, and says so in its place and to a screen reader. */
export function CopyButton({ text, shifted = text, children, ...rest }: Parts) {
  const [state, setState] = useState<State>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(setState, SHOWN_MS, "idle");
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async ({ shiftKey, currentTarget }: MouseEvent<HTMLElement>) =>
    setState((await copyText(shiftKey ? shifted : text, currentTarget)) ? "copied" : "failed");
  const Icon = state === "copied" ? IconCheck : IconCopy;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
        {...rest}
        onClick={copy}
      >
        <span className={styles.words} data-state={state}>
          <span>{children}</span>
          <span aria-hidden>{WORDS.copied}</span>
        </span>
      </Button>
      <span role="status" className={state === "failed" ? styles.failed : styles.told}>
        {state === "idle" ? "" : WORDS[state]}
      </span>
    </>
  );
}

/** Without TLS a browser has no clipboard for scripts, only the old command on a selection. */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, near);
  }
}

function copySelected(text: string, near: HTMLElement): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = styles.told ?? "";
  near.parentElement?.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  near.focus();
  return isCopied;
}
