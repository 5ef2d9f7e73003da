"use client";

import dynamic from "next/dynamic";
import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { useAnnounce } from "@/components/shell/announcer";
import { useLiveWatch } from "@/components/shell/live-watch";
import { untilLoaded } from "@/components/shell/until-loaded";

const SessionDialog = dynamic(
  untilLoaded(() => import("./session-dialog").then((module) => module.SessionDialog)),
  { ssr: false },
);

type Props = {
  /** The milliseconds that the session had left when the page was rendered. */
  left: number;
  stay(): Promise<number | null>;
};
type Standing = "fine" | "ending" | "over";

const WARNED_MS = 120_000;

const LABELS: Record<Exclude<Standing, "fine">, { title: string; sentence: string }> = {
  ending: {
    title: "Your session ends in 2 minutes",
    sentence: "Stay to continue for another 12 hours. What you typed is kept either way.",
  },
  over: {
    title: "You were signed out",
    sentence:
      "Your session has ended. Sign in in a new window, then come back here. Nothing you typed is lost.",
  },
};

/**
 * Warns before the session ends, and says when it has ended. It asks the server first, because another window may have
 * extended the session; a read that was refused for a lost session triggers it too.
 */
export function SessionWatch({ left, stay }: Props) {
  const announce = useAnnounce();
  const [standing, setStanding] = useState<Standing>("fine");
  const [dismissed, setDismissed] = useState<Standing>("fine");
  const end = useRef(0);
  const [isStaying, startStaying] = useTransition();

  const settle = (lasts: number | null) => {
    end.current = Date.now() + (lasts ?? 0);
    const now = statusOf(lasts);
    if (now !== "fine" && now !== standing) announce(LABELS[now].title, "assertive");
    setStanding(now);
    setDismissed("fine");
  };
  const check = useEffectEvent(async () => {
    const lasts = await timeLeft();
    if (lasts !== undefined) settle(lasts);
  });
  const look = useEffectEvent(async () => {
    if (statusOf(end.current - Date.now()) !== standing) await check();
  });
  const { isSignedOut } = useLiveWatch();
  const wasSignedOut = useRef(false);
  useEffect(() => {
    if (isSignedOut !== wasSignedOut.current) void check();
    wasSignedOut.current = isSignedOut;
  }, [isSignedOut]);
  useEffect(() => {
    end.current = Date.now() + left;
    const timer = setInterval(look, 5000);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [left]);
  if (standing === "fine" || standing === dismissed) return null;
  const stayOn = () => startStaying(async () => settle(await stay()));
  const checkNow = async () => settle((await timeLeft()) ?? null);
  return (
    <SessionDialog
      {...LABELS[standing]}
      act={standing === "ending" ? { stay: stayOn, isStaying } : { check: checkNow }}
      close={() => setDismissed(standing)}
    />
  );
}

function statusOf(lasts: number | null): Standing {
  if (lasts === null || lasts <= 0) return "over";
  return lasts <= WARNED_MS ? "ending" : "fine";
}

/** Undefined if the server can't be reached. */
async function timeLeft(): Promise<number | null | undefined> {
  try {
    const result = await fetch("/session/left", { cache: "no-store" });
    return result.ok ? (await result.json()).left : undefined;
  } catch {
    return undefined;
  }
}
