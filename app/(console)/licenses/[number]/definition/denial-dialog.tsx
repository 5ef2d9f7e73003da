"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { denialButton, denialText } from "@/components/text/effect-labels";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import type { DefinitionEffects } from "@/domain/licenses/definition-effects";
import styles from "./denial-dialog.module.css";

type Props = { denial: DefinitionEffects | null; onClose: () => void; onConfirm: () => void };

/** Confirms a save that takes access away from users. */
export function DenialDialog({ denial, onClose, onConfirm }: Props) {
  const [shown, setShown] = useState(denial);
  // The content stays while the dialog fades out.
  if (denial && denial !== shown) setShown(denial);
  return (
    <Dialog opened={denial !== null} onClose={onClose} title="Some users lose access">
      {shown ? (
        <>
          <ul className={styles.list}>
            {denialText(shown).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <DialogActions>
            <Button variant="default" onClick={onClose} data-autofocus>
              Cancel
            </Button>
            <Button
              color="danger"
              onClick={() => {
                onClose();
                onConfirm();
              }}
            >
              {denialButton(shown)}
            </Button>
          </DialogActions>
        </>
      ) : null}
    </Dialog>
  );
}
