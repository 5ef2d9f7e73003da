"use client";

import { Button } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { DialogActions } from "@/components/dialog-actions";
import { counted } from "@/components/numbers";
import { Problem } from "@/components/problem";
import { revealKey } from "./actions";
import { KeyText } from "./key-text";
import styles from "./revealed-key.module.css";

const SHOWN_SECONDS = 60;

type Parts = { jti: string; fileName: string; onClose: () => void };

/**
 * Shows a key for a minute, or until the window loses its focus; then its text is gone from the page. Each showing is
 * asked of the server anew, and stands in the audit.
 */
export function RevealedKey({ jti, fileName, onClose }: Parts) {
  const { key, left, refused, isAsking, ask } = useRevealed(jti);
  return (
    <div className={styles.revealed}>
      {refused ? <Problem>{refused}</Problem> : null}
      {key ? (
        <>
          <KeyText text={key} fileName={fileName} />
          <p className={styles.left}>
            Hidden again in {counted(left, "second")}, or when you leave this window. That you saw it stands
            in the audit.
          </p>
        </>
      ) : (
        <>
          <p className={styles.masked} aria-hidden>
            {"•".repeat(48)}
          </p>
          <p className={styles.left} role="status">
            {isAsking ? "The server signs it again…" : "The key is hidden."}
          </p>
        </>
      )}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
        {key ? null : (
          <Button onClick={ask} loading={isAsking}>
            Show it for a minute
          </Button>
        )}
      </DialogActions>
    </div>
  );
}

function useRevealed(jti: string) {
  const [key, setKey] = useState<string | null>(null);
  const [left, setLeft] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = useCallback(async () => {
    setAsking(true);
    const revealed = await revealKey(jti);
    setAsking(false);
    setRefused(revealed.ok ? null : revealed.refused.sentence);
    if (!revealed.ok || !document.hasFocus()) return;
    setKey(revealed.did.key);
    setLeft(SHOWN_SECONDS);
  }, [jti]);
  useEffect(() => {
    if (key === null) return;
    const hide = () => setKey(null);
    const tick = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    const end = setTimeout(hide, SHOWN_SECONDS * 1000);
    window.addEventListener("blur", hide);
    return () => {
      clearInterval(tick);
      clearTimeout(end);
      window.removeEventListener("blur", hide);
    };
  }, [key]);
  return { key, left, refused, isAsking, ask };
}
