import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { ActionButton } from "./action-button";
import styles from "./dialog-actions.module.css";

/** The buttons of a dialog: Cancel first, the main action last; stacked on phones. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className={styles.actions} data-actions>
      {children}
    </div>
  );
}

type SubmitProps = {
  onClose: () => void;
  isPending: boolean;
  /** Whether Cancel gets the focus when the dialog opens. */
  isCancelFirst?: boolean;
  color?: string;
  /** Why the form can't be sent. */
  why?: string | null;
  children: ReactNode;
};

/** The buttons of a form in a dialog: Cancel, and the one that sends it. */
export function SubmitActions({ onClose, isPending, isCancelFirst, color, why, children }: SubmitProps) {
  return (
    <DialogActions>
      <Button variant="default" onClick={onClose} data-autofocus={isCancelFirst || undefined}>
        Cancel
      </Button>
      <ActionButton type="submit" color={color} loading={isPending} why={why}>
        {children}
      </ActionButton>
    </DialogActions>
  );
}
