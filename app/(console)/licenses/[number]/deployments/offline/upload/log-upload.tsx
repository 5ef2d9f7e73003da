"use client";

import { FileDrop } from "@/components/forms/file-drop";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { LogFileCard } from "./log-file-card";
import styles from "./log-upload.module.css";
import { useLogUpload } from "./use-log-upload";

type Props = { number: string; why: string | null };

/** The upload of offline logs: files are chosen or dropped, checked, and applied together. */
export function LogUpload({ number, why }: Props) {
  const { files, ready, isApplying, isChecking, add, remove, apply } = useLogUpload(number);
  const held = why ?? (isApplying ? "Logs are being applied." : null);
  return (
    <div className={styles.work}>
      <FileDrop
        title="Log files"
        hint="Drop assignments.jsonl and consumption.jsonl of a deployment here, or choose them. We check the files first; nothing changes yet."
        accept=".jsonl,.ndjson,.txt,application/jsonl"
        isHeld={held !== null}
        isMultiple
        take={add}
      />
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
