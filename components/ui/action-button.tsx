"use client";

import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import { type ComponentPropsWithoutRef, type MouseEvent, useId } from "react";
import { useAway } from "@/components/shell/live-watch";
import styles from "./action-button.module.css";

type Props = ButtonProps & {
  /** Why it cannot be pressed now, in a sentence; null or nothing when it can. */
  why?: string | null;
} & Omit<ComponentPropsWithoutRef<"button">, keyof ButtonProps>;

/** A button that, where it cannot be pressed or the server is away, stays in reach of the keyboard and says why. Focus stays on it when that changes. */
export function ActionButton({ why: ownWhy, onClick, children, ...rest }: Props) {
  const away = useAway();
  const why = ownWhy ?? away;
  const reason = useId();
  const held = why ? { "aria-disabled": true, "aria-describedby": reason } : {};
  return (
    <Tooltip
      label={why}
      disabled={!why}
      multiline
      maw={280}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button {...rest} {...held} classNames={{ root: styles.button }} onClick={why ? stay : onClick}>
        {children}
        {why ? (
          <span id={reason} hidden>
            {why}
          </span>
        ) : null}
      </Button>
    </Tooltip>
  );
}

function stay(event: MouseEvent) {
  event.preventDefault();
}
