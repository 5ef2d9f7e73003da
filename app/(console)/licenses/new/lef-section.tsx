"use client";

import { Button, Textarea } from "@mantine/core";
import { type DragEvent, useState, useTransition } from "react";
import type { ActionRefusal } from "@/app/(console)/_lib/action-result";
import { orUnanswered } from "@/components/forms/unanswered";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { Problem } from "@/components/ui/problem";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { LefMeaning, ReadLine } from "@/domain/legacy/lef-reading";
import { type PastedReading, previewLef } from "./actions";
import styles from "./lef-section.module.css";

type Props = {
  /** The license number entered so far. */
  number: string;
  isShown: boolean;
  /** Shows the section again for a file that was pasted before the session was lost. */
  onRestore(): void;
  onUse(reading: PastedReading): void;
};

/** Fills in the form from a license file: paste or drop it, check what each line means, then use it. */
export function LefSection({ number, isShown, onRestore, onUse }: Props) {
  const [text, setText] = useState("");
  const [isUsed, setUsed] = useState(false);
  useKeptDraft({
    name: "lef",
    draft: () => (isUsed || text === "" ? null : text),
    restore: (kept: string) => {
      setText(kept);
      onRestore();
    },
  });
  const { read, reading, refused, isPending, forget } = useReading(number);
  const change = (lef: string) => {
    setText(lef);
    setUsed(false);
    forget();
  };
  const drop = async (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    const lef = await file.text();
    change(lef);
    read(lef);
  };
  if (!isShown) return null;
  return (
    <div className={styles.part}>
      <Textarea
        label="License file"
        rows={8}
        value={text}
        spellCheck={false}
        placeholder="Paste the LEF here, or drop the file."
        classNames={{ input: styles.text }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      <div className={styles.ways}>
        <Button
          variant="default"
          disabled={text.trim() === ""}
          loading={isPending}
          onClick={() => read(text)}
        >
          Preview LEF
        </Button>
      </div>
      {refused ? <Problem of={refused} /> : null}
      {reading ? (
        <Preview
          of={reading}
          onUse={() => {
            setUsed(true);
            onUse(reading);
          }}
        />
      ) : null}
    </div>
  );
}

function useReading(number: string) {
  const [reading, setReading] = useState<PastedReading | null>(null);
  const [refused, setRefused] = useState<ActionRefusal | null>(null);
  const [isPending, start] = useTransition();
  const read = (lef: string) =>
    start(async () => {
      const result = await orUnanswered(previewLef({ lef, number }));
      setReading(result.ok ? result.did : null);
      setRefused(result.ok ? null : result.refused);
    });
  const forget = () => {
    setReading(null);
    setRefused(null);
  };
  return { read, reading, refused, isPending, forget };
}

const COLUMNS = {
  line: { name: "Line", width: "72px" },
  text: { name: "Text" },
  meaning: { name: "Result", width: "128px" },
  note: { name: "Meaning", priority: 2 },
} as const satisfies Record<string, Column>;

const MEANINGS: Record<LefMeaning, string> = {
  understood: "Understood",
  kept: "Kept",
  dropped: "Not imported",
};

const CHECKS: Record<PastedReading["check"], string> = {
  ok: "The check code is correct.",
  foreign:
    "The check code is from another issuer and can't be verified here. Compare the lines with the original.",
  absent:
    "There is no check code. Compare the last line with the original to make sure that nothing is missing.",
};

function Preview({ of: { lines, removed, check }, onUse }: { of: PastedReading; onUse(): void }) {
  return (
    <div className={styles.content} role="status">
      <p>
        {CHECKS[check]}
        {removed.length > 0 ? ` Removed: ${new Intl.ListFormat("en").format(removed)}.` : null}
      </p>
      <Table caption="Meaning of each line" columns={Object.values(COLUMNS)}>
        {lines.map((line) => (
          <PreviewLine key={line.line} of={line} />
        ))}
      </Table>
      <div className={styles.ways}>
        <Button onClick={onUse}>Fill in form</Button>
      </div>
    </div>
  );
}

function PreviewLine({ of: { line, text, meaning, note } }: { of: ReadLine }) {
  return (
    <tr data-meaning={meaning}>
      <RowName>{line}</RowName>
      <Cell of={COLUMNS.text}>
        <code className={styles.line}>{text}</code>
      </Cell>
      <Cell of={COLUMNS.meaning}>{MEANINGS[meaning]}</Cell>
      <Cell of={COLUMNS.note}>{note}</Cell>
    </tr>
  );
}
