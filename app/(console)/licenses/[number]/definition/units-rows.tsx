"use client";

import { Button, NumberInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { unitsState } from "@/components/text/definition-labels";
import type { Units } from "@/domain/licenses/definition";
import { DayRange } from "./day-range";
import { type FieldMessages, wrongAt } from "./field-paths";
import styles from "./units-rows.module.css";

type Props = {
  /** The allotment's name, and the kind of its units. */
  of: string;
  unit: "seats" | "minutes";
  units: Units[];
  places: FieldMessages;
  pointer: string;
  now: Date;
  onChange: (units: Units[]) => void;
  /** What belongs beside the units: the overage. */
  children?: ReactNode;
};

const LABELS = { seats: "Seats", minutes: "Minutes a month" };

/** The units of an allotment: a number, and below it one row for each further number or for other dates. */
export function UnitsRows({ of, unit, units, places, pointer, now, onChange, children }: Props) {
  const [isDated, setDated] = useState(false);
  const isPlain = !isDated && units.length === 1 && units[0]?.valid === "";
  const replace = (index: number, row: Units) => onChange(units.map((one, i) => (i === index ? row : one)));
  return (
    <div className={styles.rows}>
      {units.map((row, index) => (
        <UnitsRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and new ones are only appended
          key={index}
          label={`${of}, ${unit}, row ${index + 1}`}
          removeLabel={`Remove ${unit}, row ${index + 1}, of ${of}`}
          shown={LABELS[unit]}
          row={row}
          onDate={isPlain ? () => setDated(true) : null}
          countError={wrongAt(places, `${pointer}/${index}/count`)}
          validError={wrongAt(places, `${pointer}/${index}/valid`)}
          now={now}
          onChange={(next) => replace(index, next)}
          onRemove={() => onChange(units.filter((_, i) => i !== index))}
        >
          {index === 0 ? children : null}
        </UnitsRow>
      ))}
      {units.length === 0 ? children : null}
      {isPlain ? null : (
        <Button
          variant="subtle"
          size="compact-sm"
          className={styles.add}
          leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
          onClick={() => onChange([...units, { count: 0, valid: "" }])}
        >
          {units.length === 0 ? `Add ${unit}` : `Add ${unit} for other dates`}
        </Button>
      )}
    </div>
  );
}

type RowProps = {
  label: string;
  removeLabel: string;
  /** The visible label of the number. */
  shown: string;
  row: Units;
  /** Shows the dates of an only row that has none; null if they are shown. */
  onDate: (() => void) | null;
  countError?: string;
  validError?: string;
  now: Date;
  onChange: (row: Units) => void;
  onRemove: () => void;
  children: ReactNode;
};

function UnitsRow({ label, removeLabel, shown, row, onDate, now, onChange, onRemove, ...rest }: RowProps) {
  const dates = useDateStyle();
  const hasDates = onDate === null || rest.validError !== undefined;
  return (
    <div className={styles.row}>
      <NumberInput
        label={shown}
        aria-label={label}
        value={row.count === 0 ? "" : row.count}
        placeholder="0"
        onChange={(count) => onChange({ ...row, count: Number(count) || 0 })}
        min={0}
        max={1_000_000_000}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        hideControls
        error={rest.countError}
        classNames={{ input: styles.count }}
      />
      {rest.children}
      {hasDates ? (
        <>
          <DayRange
            of={label}
            valid={row.valid}
            error={rest.validError}
            onChange={(valid) => onChange({ ...row, valid })}
          />
          <span className={styles.state}>
            {row.valid === "" ? "always" : unitsState(row.valid, now, dates)}
          </span>
          <Button
            variant="subtle"
            size="compact-sm"
            className={styles.remove}
            aria-label={removeLabel}
            onClick={onRemove}
          >
            <IconX size={16} stroke={1.75} aria-hidden />
          </Button>
        </>
      ) : (
        <Button variant="subtle" size="compact-sm" className={styles.dates} onClick={onDate ?? undefined}>
          Set dates
        </Button>
      )}
    </div>
  );
}
