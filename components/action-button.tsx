"use client";

import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import { type ComponentPropsWithoutRef, type MouseEvent, useId } from "react";
import styles from "./action-button.module.css";

type Parts = ButtonProps & {
  /** Why it can not be pressed now, in a sentence; null or nothing when it can. */
  why?: string | null;
} & Omit<ComponentPropsWithoutRef<"button">, keyof ButtonProps>;

/** A button that, where it can not be pressed, stays in reach of the keyboard and says why. */
export function ActionButton({ why, onClick, children, ...rest }: Parts) {
  const reason = useId();
  if (!why)
    return (
      <Button onClick={onClick} {...rest}>
        {children}
      </Button>
    );
  return (
    <Tooltip label={why} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <Button {...rest} className={styles.button} aria-disabled aria-describedby={reason} onClick={stay}>
        {children}
        <span id={reason} hidden>
          {why}
        </span>
      </Button>
    </Tooltip>
  );
}

function stay(event: MouseEvent) {
  event.preventDefault();
}
