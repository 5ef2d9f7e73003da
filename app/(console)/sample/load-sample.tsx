"use client";

import { useState } from "react";
import { loadSample } from "./actions";
import styles from "./empty-installation.module.css";
import { SampleButton } from "./sample-button";
import { SampleProgress } from "./sample-progress";

/** Offers the sample data, and shows the progress after the press. */
export function LoadSample({ why }: { why: string | null }) {
  const [isBegun, setBegun] = useState(false);
  if (isBegun)
    return <SampleProgress first={{ share: 0, state: "made" }} why={why} onEnd={() => setBegun(false)} />;
  const begin = async () => {
    const begun = await loadSample();
    if (begun.ok) setBegun(true);
    return begun;
  };
  return (
    <div className={styles.ways}>
      <SampleButton why={why} action={begin}>
        Load sample data
      </SampleButton>
      <span className={styles.text}>
        Three customers, ten licenses and a year of usage to explore. It takes about a minute, and you can
        remove it later.
      </span>
    </div>
  );
}
