"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import styles from "./copy-button.module.css";
import { CopyResult } from "./copy-result";
import { useCopy } from "./use-copy";

type Props = Omit<ButtonProps, "children"> & {
  text: string;
  /** The text that Shift and a press copy, such as the number with its spaces. */
  shifted?: string;
  /** The text of the button, such as "Copy number". */
  children: string;
};

/** Copies a text, and confirms it on the button and to screen readers. */
export function CopyButton({ text, shifted, children, ...rest }: Props) {
  const { state, copy } = useCopy(text, shifted);
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
          <span aria-hidden>Copied</span>
        </span>
      </Button>
      <CopyResult of={state} />
    </>
  );
}
