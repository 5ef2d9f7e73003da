"use client";

import { TextLink } from "@/components/ui/text-link";
import type { Filling } from "@/server/sample/sample-filling";
import styles from "./sample-bar.module.css";
import { useFilling } from "./use-filling";

const LABELS: Record<Filling["state"], string> = {
  made: "Generating sample data",
  removed: "Removing sample data",
  failed: "Sample data stopped",
};

/** The progress of the sample data, on every page; its actions are on the help page. */
export function SampleFilling({ first }: { first: Filling }) {
  const { share, state } = useFilling(first);
  const percent = Math.floor(share * 100);
  return (
    <section aria-label="Sample data" className={styles.bar}>
      <p className={styles.words}>
        <strong>{LABELS[state]}</strong>
        {state === "removed" ? null : `: ${percent}%`}
      </p>
      <progress className={styles.progress} aria-label="Sample data" max={1} value={share} />
      <TextLink href="/help#sample-data">Details</TextLink>
    </section>
  );
}
