"use client";

import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { count, counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import { ColumnsForm } from "./columns-form";
import styles from "./import.module.css";
import { countsOf, isSkipped, matches, type SheetFilter } from "./import-sheet";
import type { SeatUnits } from "./row-labels";
import { SheetFilters } from "./sheet-filters";
import { SheetTable } from "./sheet-table";
import { saveSkippedRows } from "./skipped-rows-file";
import { SourceForm } from "./source-form";
import { type Progress, useImport } from "./use-import";

type Props = { number: string; seats: SeatUnits[]; why: string | null };

const MOST_UNDONE = 1000;

/** The import of users from a file: columns confirmed, rows checked, seats assigned. */
export function ImportWork({ number, seats, why }: Props) {
  const [filter, setFilter] = useState<SheetFilter>("all");
  const allotments = seats.map(({ name }) => name);
  const [otherwise, setOtherwise] = useState(allotments[0] ?? "");
  const { rows, opened, progress, fault, note, ...work } = useImport(number);
  // Rows are added in place while the file is read, so their number signals a change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const counts = useMemo(() => countsOf(rows), [rows, rows.length, progress]);
  const shown = filter === "all" ? rows : rows.filter((row) => matches(row, filter));
  const leftOut = counts.get("left-out") ?? 0;
  const todo = (counts.get("add") ?? 0) + (counts.get("convert") ?? 0);
  const busy = why ?? (progress?.what === "send" ? "Rows are being sent. Cancel the import first." : null);
  return (
    <div className={styles.work}>
      <SourceForm fault={fault} why={busy} open={(file, name) => void work.open(file, name)} />
      {fault ? <Problem of={fault} /> : null}
      {opened ? (
        <ColumnsForm
          look={opened.look}
          source={opened.name}
          otherwise={otherwise}
          allotments={allotments}
          why={busy}
          choose={work.choose}
          chooseOtherwise={(name) => {
            setOtherwise(name);
            work.choose(opened.look.columns);
          }}
          chooseSeparator={(separator) => void work.open(opened.file, opened.name, separator)}
          check={() => {
            setFilter("all");
            void work.check(otherwise);
          }}
        />
      ) : null}
      {progress ? <Running progress={progress} rows={rows.length} cancel={work.cancel} /> : null}
      {note && !progress ? <p role="status">{note}</p> : null}
      {rows.length > 0 ? (
        <>
          <div className={styles.bar}>
            <SheetFilters counts={counts} filter={filter} choose={setFilter} />
            {leftOut > 0 ? (
              <Button variant="default" onClick={() => void saveSkippedRows(rows.filter(isSkipped), seats)}>
                Download {counted(leftOut, "skipped row")}
              </Button>
            ) : null}
            {todo > 0 ? (
              <ActionButton
                why={why ?? (progress ? "The rows are being checked or sent." : null)}
                onClick={work.send}
              >
                Assign {count(todo)} of {count(rows.length)}
              </ActionButton>
            ) : null}
          </div>
          {todo > MOST_UNDONE && !progress ? (
            <p className={styles.quiet}>
              Imports over {count(MOST_UNDONE)} rows can’t be undone in one step.
            </p>
          ) : null}
          <SheetTable rows={shown} seats={seats} />
        </>
      ) : null}
      <LeaveGuard
        when={progress?.what === "send"}
        what="Rows are still being sent. Rows already sent stay; the rest is skipped. You can import the same file again: users who are assigned already don’t change."
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
