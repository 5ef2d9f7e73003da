import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import type { Filling } from "@/server/sample/sample-filling";

const EVERY = 500;

/** Polls the progress of the sample data; the page is refreshed when it ends. */
export function useFilling(first: Filling, onEnd?: () => void): Filling {
  const [filling, setFilling] = useState(first);
  const router = useRouter();
  const end = useEffectEvent(() => {
    onEnd?.();
    router.refresh();
  });
  useEffect(() => {
    const timer = setInterval(async () => {
      const now = await askedFilling();
      if (now === undefined) return;
      if (now) return setFilling(now);
      clearInterval(timer);
      end();
    }, EVERY);
    return () => clearInterval(timer);
  }, []);
  return filling;
}

/** Undefined if the server didn't respond this time. */
async function askedFilling(): Promise<Filling | null | undefined> {
  try {
    const result = await fetch("/sample/progress");
    return result.ok ? await result.json() : undefined;
  } catch {
    return undefined;
  }
}
