"use client";

import { IconCheck, IconCopy } from "@tabler/icons-react";
import styles from "./copy-icon.module.css";
import { CopyResult } from "./copy-result";
import { useCopy } from "./use-copy";

type Props = {
  text: string;
  /** The text that Shift and a press copy, such as the number with its spaces. */
  shifted?: string;
  /** The name of the button, such as "Copy number". */
  label: string;
};

/** A small button beside a text that copies it. */
export function CopyIcon({ text, shifted, label }: Props) {
  const { state, copy } = useCopy(text, shifted);
  const Icon = state === "copied" ? IconCheck : IconCopy;
  return (
    <>
      <button type="button" className={styles.copy} aria-label={label} title={label} onClick={copy}>
        <Icon size={15} stroke={2} aria-hidden />
      </button>
      <CopyResult of={state} />
    </>
  );
}
