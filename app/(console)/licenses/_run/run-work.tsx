"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { FileDrop } from "@/components/forms/file-drop";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { count, counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { RunProgress } from "@/server/licenses/license-runs";
import { PlanTable } from "./plan-table";
import styles from "./run-work.module.css";
import { type RunRoutes, useLicenseRun } from "./use-license-run";

/** What a run is called: `Import` with `Import 3 licenses`, or `Creation` with `Create 3 licenses`. */
type RunWords = { noun: string; act: string; doing: string };
type Props = RunRoutes & { words: RunWords; why: string | null };

/** Licenses from a file: checked row by row, then created, with one summary. */
export function RunWork({ words, why, ...routes }: Props) {
  const { file, rows, isChecking, progress, fault, check, send, stop, cancel } = useLicenseRun(routes);
  const [onlyRefused, setOnlyRefused] = useState(false);
  const isRunning = progress?.state === "running";
  const busy = why ?? (isRunning ? `${words.doing}. Cancel it first.` : null);
  const creates = rows.filter(({ outcome }) => outcome === "create").length;
  const refused = rows.filter(({ outcome }) => outcome === "refused").length;
  return (
    <div className={styles.work}>
      <FileDrop
        title="CSV file"
        hint="Drop it here or choose it. We check the file first; nothing changes yet."
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        isHeld={busy !== null}
        name={file?.name}
        take={([chosen]) => chosen && void check(chosen)}
      />
      {fault ? <Problem of={fault} /> : null}
      {isChecking ? (
        <div className={styles.bar}>
          <span role="status">{counted(rows.length, "row")} checked</span>
          <Button variant="default" onClick={stop}>
            Cancel
          </Button>
        </div>
      ) : null}
      {progress ? <Running of={progress} words={words} cancel={cancel} /> : null}
      {rows.length > 0 ? (
        <>
          <div className={styles.bar}>
            <span>
              {counted(creates, "license")} to create, {counted(refused, "row")} skipped
            </span>
            {refused > 0 ? (
              <Button
                variant="default"
                aria-pressed={onlyRefused}
                onClick={() => setOnlyRefused(!onlyRefused)}
              >
                {onlyRefused ? "Show all rows" : "Show skipped rows"}
              </Button>
            ) : null}
            {creates > 0 && !progress ? (
              <ActionButton why={busy ?? (isChecking ? "The file is being checked." : null)} onClick={send}>
                {words.act} {count(creates)} {creates === 1 ? "license" : "licenses"}
              </ActionButton>
            ) : null}
          </div>
          <PlanTable
            key={String(onlyRefused)}
            rows={onlyRefused ? rows.filter(({ outcome }) => outcome === "refused") : rows}
          />
        </>
      ) : null}
      <LeaveGuard when={isRunning} what="It continues in the background, but you won't see its summary." />
    </div>
  );
}

function endOf(state: RunProgress["state"], { noun, doing }: RunWords): string {
  const again = "Use the same file again: licenses already created stay.";
  if (state === "running") return doing;
  if (state === "done") return `${noun} finished`;
  if (state === "cancelled") return `${noun} cancelled`;
  return state === "failed" ? `${noun} stopped by an error. ${again}` : `${noun} interrupted. ${again}`;
}

type RunningProps = { of: RunProgress; words: RunWords; cancel(): void };

function Running({ of: progress, words, cancel }: RunningProps) {
  const { state, rows, created, already, refused } = progress;
  const done = created + already + refused;
  return (
    <div className={styles.bar}>
      <progress max={Math.max(1, rows)} value={done} aria-label={words.noun} />
      <p role="status">
        <strong>{endOf(state, words)}</strong>: {count(created)} created, {count(already)} already here,{" "}
        {count(refused)} skipped, of {counted(rows, "row")}
      </p>
      {state === "running" ? (
        <Button variant="default" onClick={cancel}>
          Cancel {words.noun.toLowerCase()}
        </Button>
      ) : null}
    </div>
  );
}
