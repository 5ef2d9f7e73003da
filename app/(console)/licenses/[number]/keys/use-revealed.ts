import { useCallback, useEffect, useState } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { revealKey } from "./actions";

const SHOWN_SECONDS = 60;

/** The text of a key for a minute, or until the window loses focus. Every reveal is recorded in the audit. */
export function useRevealed(jti: string) {
  const [key, setKey] = useState<string | null>(null);
  const [left, setLeft] = useState(0);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = useCallback(async () => {
    setAsking(true);
    const revealed = await orUnanswered(revealKey(jti));
    setAsking(false);
    setRefused(revealed.ok ? null : revealed.refused);
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
