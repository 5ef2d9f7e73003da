"use client";

import { NativeSelect, NumberInput } from "@mantine/core";
import type { Overage } from "@/domain/licenses/definition";
import styles from "./overage-fields.module.css";

type Props = { of: string; overage: Overage; onChange: (overage: Overage) => void };

type Kind = "none" | "count" | "no cap";

const FIRST_COUNT = 100;
const KINDS: { value: Kind; label: string }[] = [
  { value: "none", label: "none" },
  { value: "count", label: "a number of minutes" },
  { value: "no cap", label: "no cap" },
];

/** The overage: how much may be used beyond the quota. */
export function OverageFields({ of, overage, onChange }: Props) {
  const kind: Kind = overage === "YES" ? "no cap" : overage === 0 ? "none" : "count";
  return (
    <div className={styles.overage}>
      <NativeSelect
        label="Overage"
        description="Usage beyond the monthly quota"
        value={kind}
        onChange={({ currentTarget }) => onChange(overageOf(currentTarget.value))}
        data={KINDS}
      />
      {kind === "count" && overage !== "YES" ? (
        <NumberInput
          aria-label={`${of}, overage in minutes`}
          value={overage}
          onChange={(count) => onChange(Number(count) || 0)}
          min={0}
          max={1_000_000_000}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          hideControls
        />
      ) : null}
    </div>
  );
}

function overageOf(kind: string): Overage {
  if (kind === "no cap") return "YES";
  return kind === "count" ? FIRST_COUNT : 0;
}
