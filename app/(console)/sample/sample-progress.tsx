"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Filling } from "@/server/sample-filling";
import styles from "./empty-installation.module.css";

const EVERY = 500;

/** How far the sample data is; the page is read anew once it is there. */
export function SampleProgress({ first }: { first: Filling }) {
  const [filling, setFilling] = useState(first);
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(async () => {
      const now = await askedFilling();
      if (now === undefined) return;
      if (now) return setFilling(now);
      clearInterval(timer);
      router.refresh();
    }, EVERY);
    return () => clearInterval(timer);
  }, [router]);
  const percent = Math.floor(filling.share * 100);
  if (filling.hasFailed)
    return (
      <div className={styles.box} role="alert">
        <p className={styles.title}>The sample data came to a halt at {percent}%.</p>
        <p className={styles.text}>
          What was made until then stays. The log of the server says why; begin again with an empty data
          folder.
        </p>
      </div>
    );
  return (
    <div className={styles.box}>
      <p className={styles.title}>A year of sample data is being made</p>
      <progress className={styles.bar} aria-label="Sample data" max={1} value={filling.share} />
      <p className={styles.text} role="status">
        {Math.floor(percent / 10) * 10}% of the year is told. You can leave this page: it goes on.
      </p>
    </div>
  );
}

/** Undefined when the server did not answer this time. */
async function askedFilling(): Promise<Filling | null | undefined> {
  try {
    const answer = await fetch("/sample/progress");
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}
