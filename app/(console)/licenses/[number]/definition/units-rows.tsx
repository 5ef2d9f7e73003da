"use client";

import { Button, NumberInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { unitsState } from "@/components/text/definition-labels";
import type { Units } from "@/domain/licenses/definition";
import { DayRange } from "./day-range";
import { type FieldMessages, wrongAt } from "./field-paths";
import styles from "./units-rows.module.css";

type Props = {
  /** The allotment's name, and the kind of its units. */
  of: string;
  unit: string;
  units: Units[];
  places: FieldMessages;
  pointer: string;
  now: Date;
  onChange: (units: Units[]) => void;
};

/** The dated units of an allotment, one row each. */
export function UnitsRows({ of, unit, units, places, pointer, now, onChange }: Props) {
  const replace = (index: number, row: Units) => onChange(units.map((one, i) => (i === index ? row : one)));
  return (
    <div className={styles.rows}>
      {units.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and new ones are only appended
        <div key={index} className={styles.row}>
          <NumberInput
            aria-label={`${of}, ${unit}, row ${index + 1}`}
            value={row.count}
            onChange={(count) => replace(index, { ...row, count: Number(count) || 0 })}
            min={0}
            max={1_000_000_000}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator=","
            hideControls
            error={wrongAt(places, `${pointer}/${index}/count`)}
            classNames={{ input: styles.count }}
          />
          <DayRange
            of={`${of}, ${unit}, row ${index + 1}`}
            valid={row.valid}
            error={wrongAt(places, `${pointer}/${index}/valid`)}
            onChange={(valid) => replace(index, { ...row, valid })}
          />
          <span className={styles.state}>{unitsState(row.valid, now)}</span>
          <Button
            variant="subtle"
            size="compact-sm"
            className={styles.remove}
            aria-label={`Remove ${unit}, row ${index + 1}, of ${of}`}
            onClick={() => onChange(units.filter((_, i) => i !== index))}
          >
            <IconX size={16} stroke={1.75} aria-hidden />
          </Button>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        className={styles.add}
        leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
        onClick={() => onChange([...units, { count: 0, valid: "" }])}
      >
        Add {unit}
      </Button>
    </div>
  );
}
