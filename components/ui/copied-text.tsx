"use client";

import { IconCheck, IconCopy } from "@tabler/icons-react";
import styles from "./copied-text.module.css";
import { CopyResult } from "./copy-result";
import { useCopy } from "./use-copy";

type Props = {
  text: string;
  /** What it is: "request id". */
  name: string;
  /** What stands for a text that is too long to be shown whole. */
  shown?: string;
};

/** A short text of machines, copied by a press on it. */
export function CopiedText({ text, name, shown = text }: Props) {
  const { state, copy } = useCopy(text);
  const Icon = state === "copied" ? IconCheck : IconCopy;
  return (
    <>
      <button
        type="button"
        className={styles.copied}
        aria-label={`Copy the ${name} ${text}`}
        title={`Copy the ${name}`}
        onClick={copy}
      >
        <code>{shown}</code>
        <Icon size={14} stroke={1.75} aria-hidden />
      </button>
      <CopyResult of={state} />
    </>
  );
}
