"use client";

import { NativeSelect, NumberInput } from "@mantine/core";
import type { Overage } from "@/domain/licenses/definition";
import styles from "./overage-fields.module.css";

type Props = { of: string; overage: Overage; error?: string; onChange: (overage: Overage) => void };

type Kind = "none" | "count" | "no cap";

const FIRST_COUNT = 100;
const KINDS: { value: Kind; label: string }[] = [
  { value: "none", label: "none" },
  { value: "count", label: "up to" },
  { value: "no cap", label: "no cap" },
];

/** The overage: how much may be used beyond the quota, beside the units that are the quota. */
export function OverageFields({ of, overage, error, onChange }: Props) {
  const kind: Kind = overage === "YES" ? "no cap" : overage === 0 ? "none" : "count";
  return (
    <div className={styles.overage}>
      <NativeSelect
        label="Overage"
        aria-label={`${of}, overage`}
        value={kind}
        onChange={({ currentTarget }) => onChange(overageOf(currentTarget.value))}
        data={KINDS}
        error={error}
      />
      {kind === "count" && overage !== "YES" ? (
        <NumberInput
          aria-label={`${of}, overage in minutes`}
          value={overage}
          onChange={(count) => onChange(Number(count) || 0)}
          min={0}
          max={1_000_000_000}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          suffix=" minutes"
          hideControls
          classNames={{ input: styles.count }}
        />
      ) : null}
    </div>
  );
}

function overageOf(kind: string): Overage {
  if (kind === "no cap") return "YES";
  return kind === "count" ? FIRST_COUNT : 0;
}
