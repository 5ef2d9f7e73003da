"use client";

import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentPropsWithoutRef, MouseEvent } from "react";
import { useAway } from "@/components/shell/live-watch";
import styles from "./action-button.module.css";
import { Tooltip } from "./tooltip";

type Props = Omit<ButtonProps, "style"> & {
  /** Why the button can't be pressed now, in a sentence; null if it can. */
  why?: string | null;
} & Omit<ComponentPropsWithoutRef<"button">, keyof ButtonProps>;

/**
 * A button that stays focusable and explains itself if it can't be pressed or the server is unreachable. It keeps the
 * focus when that changes.
 */
export function ActionButton({ why: ownWhy, onClick, ...rest }: Props) {
  const away = useAway();
  const why = ownWhy ?? away;
  return (
    <Tooltip text={why}>
      {(trigger, explain) => (
        <Button
          {...rest}
          {...trigger}
          aria-disabled={why ? true : undefined}
          classNames={{ root: styles.button }}
          onClick={why ? (event) => stay(event, explain) : onClick}
        />
      )}
    </Tooltip>
  );
}

function stay(event: MouseEvent, explain: () => void) {
  event.preventDefault();
  explain();
}
