"use client";

import { IconCheck, IconCopy } from "@tabler/icons-react";
import styles from "./copied-text.module.css";
import { CopyResult } from "./copy-result";
import { useCopy } from "./use-copy";

type Props = {
  text: string;
  /** The name of the text, such as "request ID". */
  name: string;
  /** A shorter form to show if the text is too long. */
  shown?: string;
};

/** A short machine-readable text that is copied by pressing it. */
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
