"use client";

import type { Filling } from "@/server/sample/sample-filling";
import { removeSampleNow } from "./actions";
import styles from "./empty-installation.module.css";
import { SampleButton } from "./sample-button";
import { useFilling } from "./use-filling";

type Props = { first: Filling; why: string | null; onEnd?: () => void };

/** The progress of the sample data, with a button to remove it; the page is refreshed when it ends. */
export function SampleProgress({ first, why, onEnd }: Props) {
  const { share, state } = useFilling(first, onEnd);
  const percent = Math.floor(share * 100);
  if (state === "failed")
    return (
      <div className={styles.box} role="alert">
        <p className={styles.title}>The sample data stopped at {percent}%.</p>
        <p className={styles.text}>See the server log for the cause.</p>
        <SampleButton why={why} action={removeSampleNow}>
          Remove what was generated
        </SampleButton>
      </div>
    );
  if (state === "removed")
    return (
      <div className={styles.box}>
        <p className={styles.title}>The sample data is being removed</p>
        <p className={styles.text} role="status">
          Everything else is kept.
        </p>
      </div>
    );
  return (
    <div className={styles.box}>
      <p className={styles.title}>Generating a year of sample data</p>
      <progress className={styles.bar} aria-label="Sample data" max={1} value={share} />
      <p className={styles.text} role="status">
        {Math.floor(percent / 10) * 10}% generated. You can leave this page: it continues in the background.
      </p>
      <SampleButton why={why} action={removeSampleNow}>
        Cancel
      </SampleButton>
    </div>
  );
}
