"use client";

import { Button } from "@mantine/core";
import { counted } from "@/components/text/numbers";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import { KeyText } from "./key-text";
import styles from "./revealed-key.module.css";
import { useRevealed } from "./use-revealed";

type Props = { jti: string; fileName: string; onClose: () => void };

/**
 * Shows a key for a minute or until the window loses focus, then removes its text from the page. Every reveal is a new
 * request and is recorded in the audit.
 */
export function RevealedKey({ jti, fileName, onClose }: Props) {
  const { key, left, refused, isAsking, ask } = useRevealed(jti);
  return (
    <div className={styles.revealed}>
      {refused ? <Problem of={refused} /> : null}
      {key ? (
        <>
          <KeyText text={key} fileName={fileName} />
          <p className={styles.left}>
            Hidden again in {counted(left, "second")}, or when you leave this window. The audit log records
            that you saw it.
          </p>
        </>
      ) : (
        <>
          <p className={styles.masked} aria-hidden>
            {"•".repeat(48)}
          </p>
          <p className={styles.left} role="status">
            {isAsking ? "Loading…" : "The key is hidden."}
          </p>
        </>
      )}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
        {key ? null : (
          <Button onClick={ask} loading={isAsking}>
            Show for 1 minute
          </Button>
        )}
      </DialogActions>
    </div>
  );
}
