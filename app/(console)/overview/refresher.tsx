"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const EVERY = 30_000;

/** Reads the page anew while somebody looks at it. */
export function Refresher() {
  const router = useRouter();
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    const timer = setInterval(refresh, EVERY);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router]);
  return null;
}
