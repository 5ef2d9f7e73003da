"use client";

import { Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import styles from "./notes.module.css";

/** Notes as they are edited: metadata keeps its order, and names that aren't typed yet. */
export type NotesDraft = {
  contractNumber: string;
  contact: string;
  text: string;
  metadata: [name: string, value: string][];
};

type Props = {
  draft: NotesDraft;
  /** The errors of fields by JSON Pointer. */
  errorAt: (pointer: string) => string | undefined;
  onChange: (draft: NotesDraft) => void;
};

/** The fields of notes. */
export function NotesFields({ draft, errorAt, onChange }: Props) {
  const { contractNumber, contact, text, metadata } = draft;
  const change = (part: Partial<NotesDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          label="Contract number"
          value={contractNumber}
          onChange={({ currentTarget }) => change({ contractNumber: currentTarget.value })}
          error={errorAt("/contractNumber")}
          maxLength={200}
          autoComplete="off"
        />
        <Textarea
          label="Contact"
          rows={2}
          value={contact}
          onChange={({ currentTarget }) => change({ contact: currentTarget.value })}
          error={errorAt("/contact")}
          autoComplete="off"
        />
      </div>
      <Textarea
        label="Notes"
        rows={3}
        value={text}
        onChange={({ currentTarget }) => change({ text: currentTarget.value })}
        error={errorAt("/text")}
      />
      <Metadata
        rows={metadata}
        error={errorAt("/metadata")}
        onChange={(rows) => change({ metadata: rows })}
      />
    </>
  );
}

type MetadataProps = {
  rows: NotesDraft["metadata"];
  error: string | undefined;
  onChange: (rows: NotesDraft["metadata"]) => void;
};

function Metadata({ rows, error, onChange }: MetadataProps) {
  const replace = (at: number, row: [string, string]) =>
    onChange(rows.map((one, i) => (i === at ? row : one)));
  return (
    <fieldset className={styles.metadata}>
      <legend>Metadata</legend>
      {rows.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is typed
        <div key={index} className={styles.row}>
          <TextInput
            aria-label={`Name of field ${index + 1}`}
            placeholder="Name"
            value={name}
            onChange={({ currentTarget }) => replace(index, [currentTarget.value, value])}
            maxLength={60}
            error={error !== undefined}
            autoComplete="off"
          />
          <TextInput
            aria-label={`Value of field ${index + 1}`}
            placeholder="Value"
            value={value}
            onChange={({ currentTarget }) => replace(index, [name, currentTarget.value])}
            maxLength={500}
            autoComplete="off"
          />
          <Button
            variant="subtle"
            size="compact-sm"
            className={styles.remove}
            aria-label={`Remove field ${index + 1}`}
            onClick={() => onChange(rows.filter((_, i) => i !== index))}
          >
            <IconX size={16} stroke={1.75} aria-hidden />
          </Button>
        </div>
      ))}
      {error ? <p role="alert">{error}</p> : null}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
        onClick={() => onChange([...rows, ["", ""]])}
      >
        Add field
      </Button>
    </fieldset>
  );
}
