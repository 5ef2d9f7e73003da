"use client";

import { Button, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import styles from "./directories.module.css";

export type MappingValues = { group: string; license: string; allotment: string };

type Props = {
  values: MappingValues[];
  /** The allotments with seats of the licenses that can be chosen. */
  choices: MappingChoice[];
  wrong: string | undefined;
};

export type MappingChoice = { license: string; customer: string; allotments: string[] };

const EMPTY: MappingValues = { group: "", license: "", allotment: "" };

/**
 * The mappings of groups: the form's fields `group-0`, `in-0` (the license), `allotment-0` and so on. A row without a
 * group is ignored.
 */
export function MappingFields({ values, choices, wrong }: Props) {
  const first = keyed(values.length > 0 ? values : [EMPTY]);
  const [rows, setRows] = useState(first);
  // The form keeps its fields, but after a new sign-in only the first rows are there again.
  useKeptDraft<Row[]>({
    name: "mappings",
    draft: () => (JSON.stringify(rows) === JSON.stringify(first) ? null : rows),
    restore: setRows,
  });
  const [licenses, allotments, hint] = [useId(), useId(), useId()];
  const names = [...new Set(choices.flatMap((choice) => choice.allotments))];
  return (
    <fieldset className={styles.mappings} aria-describedby={hint}>
      <legend>Groups that get seats</legend>
      <p id={hint} className={styles.hint}>
        Whoever joins the group gets a seat, and gives it back when leaving. Optional. A mapping that you
        remove leaves its seats to their users.
      </p>
      {rows.map(({ key, value }) => (
        <MappingRow
          key={key}
          index={key}
          lists={{ licenses, allotments }}
          value={value}
          onChange={(change) =>
            setRows((before) => before.map((row) => (row.key === key ? merged(row, change) : row)))
          }
          onRemove={() => setRows((before) => before.filter((row) => row.key !== key))}
        />
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          onClick={() => setRows((before) => [...before, { key: nextKey(before), value: EMPTY }])}
        >
          Add group
        </Button>
      </div>
      {wrong ? (
        <p role="alert" className={styles.wrong}>
          {wrong}
        </p>
      ) : null}
      <datalist id={licenses}>
        {choices.map(({ license, customer }) => (
          <option key={license} value={license}>
            {customer}
          </option>
        ))}
      </datalist>
      <datalist id={allotments}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </fieldset>
  );
}

type Row = { key: number; value: MappingValues };

type RowProps = {
  index: number;
  value: MappingValues;
  lists: { licenses: string; allotments: string };
  onChange: (change: Partial<MappingValues>) => void;
  onRemove: () => void;
};

/** The values are state: a refused form would reset fields that the browser holds. */
function MappingRow({ index, value, lists, onChange, onRemove }: RowProps) {
  const { group, license, allotment } = value;
  return (
    <div className={styles.mapping}>
      <TextInput
        name={`group-${index}`}
        label="Group"
        maxLength={200}
        value={group}
        onChange={({ currentTarget }) => onChange({ group: currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        name={`in-${index}`}
        label="License of the seats"
        placeholder="16 digits"
        inputMode="numeric"
        list={lists.licenses}
        value={license}
        onChange={({ currentTarget }) => onChange({ license: currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        name={`allotment-${index}`}
        label="Allotment"
        list={lists.allotments}
        value={allotment}
        onChange={({ currentTarget }) => onChange({ allotment: currentTarget.value })}
        autoComplete="off"
      />
      <Button
        variant="default"
        aria-label={`Remove the mapping of ${group || "a new group"}`}
        onClick={onRemove}
      >
        Remove
      </Button>
    </div>
  );
}

function merged({ key, value }: Row, change: Partial<MappingValues>): Row {
  return { key, value: { ...value, ...change } };
}

function keyed(values: MappingValues[]): Row[] {
  return values.map((value, key) => ({ key, value }));
}

function nextKey(rows: Row[]): number {
  return Math.max(-1, ...rows.map(({ key }) => key)) + 1;
}
