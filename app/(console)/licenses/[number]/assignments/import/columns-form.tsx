import { type ReactNode, useEffect, useRef } from "react";
import { ActionButton } from "@/components/ui/action-button";
import {
  type ImportColumns,
  type ImportLook,
  lineOf,
  type Separator,
} from "@/domain/assignments/import-columns";
import { columnName, SEPARATOR_NAMES } from "./column-names";
import styles from "./columns.module.css";
import { FirstRows } from "./first-rows";

type Props = {
  look: ImportLook;
  /** The name of the file, or a name for pasted rows. */
  source: string;
  otherwise: string;
  allotments: string[];
  why: string | null;
  choose(columns: ImportColumns): void;
  chooseOtherwise(allotment: string): void;
  chooseSeparator(separator: Separator): void;
  check(): void;
};

/** The detected columns of a file, which a person confirms or corrects before the file is checked. */
export function ColumnsForm({ look, source, otherwise, allotments, why, ...on }: Props) {
  const { rows, columns, separator } = look;
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new file opens this form
  useEffect(() => heading.current?.focus(), [source]);
  const width = Math.max(1, ...rows.map((row) => row.length));
  const names = Array.from({ length: width }, (_, column) => columnName(rows, columns.first, column));
  const set = (part: Partial<ImportColumns>) => on.choose({ ...columns, ...part });
  return (
    <form
      className={styles.columns}
      aria-labelledby="columns-heading"
      onSubmit={(event) => {
        event.preventDefault();
        if (!why) on.check();
      }}
    >
      <h3 id="columns-heading" ref={heading} tabIndex={-1}>
        Confirm the columns of {source}
      </h3>
      <FirstRows rows={rows} columns={columns} width={width} />
      <div className={styles.choices}>
        <ColumnChoice label="User" of={columns.user} names={names} choose={(user) => set({ user })} />
        <ColumnChoice
          label="Directory"
          none="None"
          of={columns.directory}
          names={names}
          choose={(directory) => set({ directory })}
        />
        <ColumnChoice
          label="Allotment"
          none="None: use the default"
          of={columns.allotment}
          names={names}
          choose={(allotment) => set({ allotment })}
        />
        <Choice label="Default allotment" value={otherwise} choose={on.chooseOtherwise}>
          {allotments.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Choice>
        <Choice
          label="First row with a user"
          value={String(columns.first)}
          choose={(first) => set({ first: Number(first) })}
        >
          {Array.from({ length: Math.max(rows.length, columns.first) }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is identified by its number
            <option key={at}>{at + 1}</option>
          ))}
        </Choice>
        <Choice
          label="Separator"
          value={separator}
          choose={(chosen) => on.chooseSeparator(chosen as Separator)}
        >
          {Object.entries(SEPARATOR_NAMES).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Choice>
      </div>
      <div className={styles.foot}>
        <ActionButton type="submit" why={why}>
          Check rows
        </ActionButton>
        <p aria-live="polite">{firstUser(look, otherwise)}</p>
      </div>
    </form>
  );
}

function firstUser({ rows, columns }: ImportLook, otherwise: string): string {
  const record = rows[columns.first - 1];
  const line = record && lineOf(record, columns, otherwise);
  return line?.subject
    ? `Row ${columns.first} is ${line.subject}, ${line.allotment}.`
    : `Row ${columns.first} has no user.`;
}

type ChoiceProps = { label: string; value: string; choose(value: string): void; children: ReactNode };

function Choice({ label, value, choose, children }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}

type ColumnChoiceProps = {
  label: string;
  /** The label of the option "no column"; without it a column is required. */
  none?: string;
  of: number;
  names: string[];
  choose(column: number): void;
};

function ColumnChoice({ label, none, of, names, choose }: ColumnChoiceProps) {
  return (
    <Choice label={label} value={String(of)} choose={(column) => choose(Number(column))}>
      {none ? <option value={-1}>{none}</option> : null}
      {names.map((name, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is identified by its number
        <option key={column} value={column}>
          {name}
        </option>
      ))}
    </Choice>
  );
}
