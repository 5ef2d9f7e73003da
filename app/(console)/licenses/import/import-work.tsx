"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { FileDrop } from "@/components/forms/file-drop";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { count, counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { LegacyProgress } from "@/server/legacy/legacy-import";
import styles from "./import-work.module.css";
import { PlanTable } from "./plan-table";
import { useLegacyImport } from "./use-legacy-import";

/** The import of licenses from a file: checked row by row, then imported, with one summary. */
export function ImportWork({ why }: { why: string | null }) {
  const { file, rows, isChecking, progress, fault, check, send, stop, cancel } = useLegacyImport();
  const [onlyRefused, setOnlyRefused] = useState(false);
  const isRunning = progress?.state === "running";
  const busy = why ?? (isRunning ? "An import is running. Cancel it first." : null);
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
      {progress ? <Running of={progress} cancel={cancel} /> : null}
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
                Import {count(creates)} {creates === 1 ? "license" : "licenses"}
              </ActionButton>
            ) : null}
          </div>
          <PlanTable
            key={String(onlyRefused)}
            rows={onlyRefused ? rows.filter(({ outcome }) => outcome === "refused") : rows}
          />
        </>
      ) : null}
      <LeaveGuard
        when={isRunning}
        what="The import continues in the background, but you won't see its summary."
      />
    </div>
  );
}

const ENDS: Record<LegacyProgress["state"], string> = {
  running: "Importing",
  done: "Import finished",
  cancelled: "Import cancelled",
  failed: "Import stopped by an error. Import the same file again: licenses already created stay.",
  interrupted: "Import interrupted. Import the same file again: licenses already created stay.",
};

function Running({ of: progress, cancel }: { of: LegacyProgress; cancel(): void }) {
  const { state, rows, created, already, refused } = progress;
  const done = created + already + refused;
  return (
    <div className={styles.bar}>
      <progress max={Math.max(1, rows)} value={done} aria-label="Import" />
      <p role="status">
        <strong>{ENDS[state]}</strong>: {count(created)} created, {count(already)} already here,{" "}
        {count(refused)} skipped, of {counted(rows, "row")}
      </p>
      {state === "running" ? (
        <Button variant="default" onClick={cancel}>
          Cancel import
        </Button>
      ) : null}
    </div>
  );
}
