"use client";

import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Dialog } from "./dialog";
import { DialogActions } from "./dialog-actions";
import styles from "./shown-once.module.css";
import { type Shown, ShownSecret } from "./shown-secret";

type Parts = {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What came out of it, once there is something; then the dialog shows this, and asks before it closes unkept. */
  shown: (Shown & { title: string }) | null;
  /** The form that makes it. */
  children?: ReactNode;
};

/** A dialog that makes a secret and shows it this once. Closing it before the secret is stored asks first. */
export function ShownOnce({ opened, onClose, title, shown, children }: Parts) {
  const [isStored, setStored] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const close = () => {
    setStored(false);
    setAsked(false);
    onClose();
  };
  if (!shown)
    return (
      <Dialog opened={opened} onClose={close} title={title}>
        {children}
      </Dialog>
    );
  const finish = isStored ? close : () => setAsked(true);
  return (
    <Dialog opened={opened} onClose={finish} title={shown.title}>
      <ShownSecret shown={shown} isStored={isStored} onStored={setStored} />
      {isAsked && !isStored ? (
        <Unkept onBack={() => setAsked(false)} onClose={close} />
      ) : (
        <DialogActions>
          <Button onClick={finish}>Close</Button>
        </DialogActions>
      )}
    </Dialog>
  );
}

function Unkept({ onBack, onClose }: { onBack: () => void; onClose: () => void }) {
  return (
    <div className={styles.unkept} role="alert">
      <p>It can not be shown again. Close without having stored it?</p>
      <DialogActions>
        <Button variant="default" onClick={onBack} autoFocus>
          Keep it open
        </Button>
        <Button color="danger" onClick={onClose}>
          Close anyway
        </Button>
      </DialogActions>
    </div>
  );
}
