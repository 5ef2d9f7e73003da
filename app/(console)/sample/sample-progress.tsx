"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Filling } from "@/server/sample-filling";
import { removeSampleNow } from "./actions";
import styles from "./empty-installation.module.css";
import { SampleButton } from "./sample-button";

const EVERY = 500;

/** How far the sample data is, and the way to have none of it; the page is read anew once it is over. */
export function SampleProgress({ first, why }: { first: Filling; why: string | null }) {
  const [{ share, state }, setFilling] = useState(first);
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
  const percent = Math.floor(share * 100);
  if (state === "failed")
    return (
      <div className={styles.box} role="alert">
        <p className={styles.title}>The sample data came to a halt at {percent}%.</p>
        <p className={styles.text}>The log of the server says why.</p>
        <SampleButton why={why} action={removeSampleNow}>
          Remove what was made
        </SampleButton>
      </div>
    );
  if (state === "removed")
    return (
      <div className={styles.box}>
        <p className={styles.title}>The sample data is being removed</p>
        <p className={styles.text} role="status">
          Nothing of it stays.
        </p>
      </div>
    );
  return (
    <div className={styles.box}>
      <p className={styles.title}>A year of sample data is being made</p>
      <progress className={styles.bar} aria-label="Sample data" max={1} value={share} />
      <p className={styles.text} role="status">
        {Math.floor(percent / 10) * 10}% of the year is told. You can leave this page: it goes on.
      </p>
      <SampleButton why={why} action={removeSampleNow}>
        Cancel
      </SampleButton>
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
