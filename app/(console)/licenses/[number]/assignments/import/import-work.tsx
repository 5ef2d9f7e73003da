"use client";

import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { ActionButton } from "@/components/action-button";
import { LeaveGuard } from "@/components/leave-guard";
import { count, counted } from "@/components/numbers";
import { Problem } from "@/components/problem";
import styles from "./import.module.css";
import { countsOf, isLeftOut, matches, type SheetFilter } from "./import-sheet";
import { saveLeftOut } from "./left-out-file";
import type { SeatUnits } from "./row-words";
import { SheetFilters } from "./sheet-filters";
import { SheetTable } from "./sheet-table";
import { SourceForm } from "./source-form";
import { type Progress, useImport } from "./use-import";

type Parts = { number: string; seats: SeatUnits[]; why: string | null };

const MOST_UNDONE = 1000;

/** People from a file: checked row by row, then assigned. */
export function ImportWork({ number, seats, why }: Parts) {
  const [filter, setFilter] = useState<SheetFilter>("all");
  const { rows, progress, fault, note, check, send, cancel } = useImport(number);
  // The rows grow in place while the file is read: their number tells that they changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const counts = useMemo(() => countsOf(rows), [rows, rows.length, progress]);
  const shown = filter === "all" ? rows : rows.filter((row) => matches(row, filter));
  const leftOut = counts.get("left-out") ?? 0;
  const todo = (counts.get("add") ?? 0) + (counts.get("convert") ?? 0);
  return (
    <div className={styles.work}>
      <SourceForm
        allotments={seats.map(({ name }) => name)}
        fault={fault}
        why={why ?? (progress?.what === "send" ? "Rows are being sent. Cancel that first." : null)}
        check={(file, otherwise) => {
          setFilter("all");
          void check(file, otherwise);
        }}
      />
      {fault ? <Problem of={fault} /> : null}
      {progress ? <Running progress={progress} rows={rows.length} cancel={cancel} /> : null}
      {note && !progress ? <p role="status">{note}</p> : null}
      {rows.length > 0 ? (
        <>
          <div className={styles.bar}>
            <SheetFilters counts={counts} filter={filter} choose={setFilter} />
            {leftOut > 0 ? (
              <Button variant="default" onClick={() => void saveLeftOut(rows.filter(isLeftOut), seats)}>
                Download the {counted(leftOut, "row")} left out
              </Button>
            ) : null}
            {todo > 0 ? (
              <ActionButton why={why ?? (progress ? "The rows are being worked on." : null)} onClick={send}>
                Assign {count(todo)} of {count(rows.length)}
              </ActionButton>
            ) : null}
          </div>
          {todo > MOST_UNDONE && !progress ? (
            <p className={styles.quiet}>More than {count(MOST_UNDONE)} at once can not be undone at once.</p>
          ) : null}
          <SheetTable rows={shown} seats={seats} />
        </>
      ) : null}
      <LeaveGuard
        when={progress?.what === "send"}
        what="Rows are still being sent. What was sent stays; the others are left out. The same file can be imported again: who is assigned already is not touched."
      />
    </div>
  );
}

function Running({
  progress: { what, done, of },
  rows,
  cancel,
}: {
  progress: Progress;
  rows: number;
  cancel(): void;
}) {
  const words =
    what === "check" ? `${counted(rows, "row")} checked` : `${count(done)} of ${counted(of, "row")} sent`;
  return (
    <div className={styles.running}>
      <progress max={Math.max(1, of)} value={done} aria-label={what === "check" ? "Checking" : "Assigning"} />
      <span>{words}</span>
      <Button variant="default" onClick={cancel}>
        Cancel
      </Button>
    </div>
  );
}
