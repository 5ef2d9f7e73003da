"use client";

import { type DragEvent, useState } from "react";
import { ActionButton } from "@/components/action-button";
import { LeaveGuard } from "@/components/leave-guard";
import { counted } from "@/components/numbers";
import { LogFileCard } from "./log-file-card";
import styles from "./log-upload.module.css";
import { useLogUpload } from "./use-log-upload";

type Props = { number: string; why: string | null };

/** Logs of sites without a network: chosen or dropped, checked, and applied together. */
export function LogUpload({ number, why }: Props) {
  const { files, ready, isApplying, isChecking, add, remove, apply } = useLogUpload(number);
  const held = why ?? (isApplying ? "Logs are being applied." : null);
  return (
    <div className={styles.work}>
      <FileField isHeld={held !== null} add={add} />
      {files.map((file) => (
        <LogFileCard key={file.id} of={file} remove={isApplying ? null : () => remove(file.id)} />
      ))}
      {ready.length > 0 ? (
        <ActionButton
          className={styles.apply}
          loading={isApplying}
          why={held ?? (isChecking ? "Files are being checked." : null)}
          onClick={() => void apply()}
        >
          {`Apply ${counted(ready.length, "log")}`}
        </ActionButton>
      ) : null}
      <LeaveGuard
        when={isApplying}
        what="The log is still applied in the background, but you won't see its result here."
      />
    </div>
  );
}

/** Takes several files at once, also by dropping them. */
function FileField({ isHeld, add }: { isHeld: boolean; add(files: readonly File[]): void }) {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!isHeld) add([...event.dataTransfer.files]);
  };
  return (
    <label
      className={styles.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!isHeld);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <strong>Log files</strong>
      <span>
        Drop assignments.jsonl and consumption.jsonl of a site here, or choose them. We check the files first;
        nothing changes yet.
      </span>
      <input
        type="file"
        multiple
        accept=".jsonl,.ndjson,.txt,application/jsonl"
        disabled={isHeld}
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          currentTarget.value = ""; // the same file can be chosen again
        }}
      />
    </label>
  );
}
