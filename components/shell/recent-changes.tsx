"use client";

import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { When } from "@/components/text/when";
import bar from "./bar-button.module.css";
import type { Change } from "./change-log";
import { useChanges } from "./changes";
import menu from "./person-menu.module.css";
import styles from "./recent-changes.module.css";
import { RECENT_CHANGES } from "./recent-changes-id";

/** The person's changes of the last 15 minutes, each with its undo. */
export function RecentChanges() {
  const { recent, undo } = useChanges();
  const [now, setNow] = useState(0);
  const changes = recent(now);
  return (
    <>
      <button
        type="button"
        className={`${bar.button} ${bar.wide}`}
        popoverTarget={RECENT_CHANGES}
        aria-label="Recent changes"
      >
        <IconHistory size={18} stroke={1.75} aria-hidden />
      </button>
      <div
        id={RECENT_CHANGES}
        className={`${menu.menu} ${styles.panel}`}
        popover="auto"
        onToggle={() => setNow(Date.now())}
      >
        <h2 className={styles.title}>Recent changes</h2>
        {changes.length === 0 ? (
          <p className={styles.none}>
            No recent changes. Your changes appear here for 15 minutes, so you can undo them.
          </p>
        ) : (
          <ol className={styles.list}>
            {changes.map((change) => (
              <Entry key={change.id} change={change} now={now} undo={() => undo(change.id)} />
            ))}
          </ol>
        )}
      </div>
    </>
  );
}

function Entry({ change, now, undo }: { change: Change; now: number; undo(): void }) {
  const { words, at, standing, refused, partly } = change;
  return (
    <li>
      <p>{words}</p>
      {partly ? <p className={styles.refused}>{partly}</p> : null}
      {refused ? (
        <p className={styles.refused}>
          {refused.sentence} <RefusalMarks of={refused} />
        </p>
      ) : null}
      <div className={styles.foot}>
        <When at={new Date(at)} now={new Date(Math.max(now, at))} />
        {standing === "undone" && !partly ? <span>Undone</span> : null}
        {change.undo && (standing === "done" || standing === "undoing") ? (
          <button type="button" className={styles.undo} onClick={undo} aria-disabled={standing === "undoing"}>
            Undo
          </button>
        ) : null}
      </div>
    </li>
  );
}
