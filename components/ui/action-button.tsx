"use client";

import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import { type ComponentPropsWithoutRef, type MouseEvent, useId } from "react";
import { useAway } from "@/components/shell/live-watch";
import styles from "./action-button.module.css";

type Props = ButtonProps & {
  /** Why the button can't be pressed now, in a sentence; null if it can. */
  why?: string | null;
} & Omit<ComponentPropsWithoutRef<"button">, keyof ButtonProps>;

/**
 * A button that stays focusable and explains itself if it can't be pressed or the server is unreachable. It keeps the
 * focus when that changes.
 */
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
