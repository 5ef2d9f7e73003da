"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { ActionButton } from "@/components/ui/action-button";
import { useChangeDialog } from "./change-params";

type Props = {
  number: string;
  allotment: string;
  /** Why the person can't raise units; null if they can. */
  why: string | null;
  /** What screen readers hear, where several are on a page. */
  label?: string;
} & Pick<ButtonProps, "size">;

/** Opens the dialog to raise the units of an allotment; without JavaScript a link to the definition. */
export function RaiseLink({ number, allotment, why, label, size }: Props) {
  const { openRaise } = useChangeDialog();
  if (why)
    return (
      <ActionButton variant="default" size={size} why={why} aria-label={label}>
        Raise units
      </ActionButton>
    );
  return (
    <Button
      component="a"
      variant="default"
      size={size}
      aria-label={label}
      href={`/licenses/${number}/definition`}
      onClick={(event) => {
        event.preventDefault();
        openRaise(allotment);
      }}
    >
      Raise units
    </Button>
  );
}
