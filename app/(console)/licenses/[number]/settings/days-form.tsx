"use client";

import { NumberInput } from "@mantine/core";
import { counted } from "@/components/text/numbers";
import type { LicenseSettings } from "@/server/licenses/license";
import { NumbersForm } from "./numbers-form";
import { useNumbers } from "./use-numbers";

type Days = Pick<LicenseSettings, "leaseDays" | "graceDays">;
type Props = { number: string; settings: Days; why: string | null };

const MOST_DAYS = 3650;

/** The form for lease days and grace days. */
export function DaysForm({ number, settings: { leaseDays, graceDays }, why }: Props) {
  const { wanted, set, form } = useNumbers<Days>({
    name: "days",
    number,
    known: { leaseDays, graceDays },
    inWords,
  });
  const field = (name: keyof Days, least: number) => ({
    value: wanted[name],
    onChange: (value: string | number) => set({ [name]: Number(value) || least }),
    min: least,
    max: MOST_DAYS,
    clampBehavior: "strict" as const,
    allowDecimal: false,
    allowNegative: false,
    readOnly: why !== null,
    suffix: " days",
  });
  return (
    <NumbersForm of={form} why={why} action="Save">
      <NumberInput
        label="Lease"
        description="How long products keep working without reaching this server. Then they deny access. Default: 14 days."
        {...field("leaseDays", 1)}
      />
      <NumberInput
        label="Grace"
        description="How long products keep working after the last day of validity, with a notice that the license has ended. Default: 14 days."
        {...field("graceDays", 0)}
      />
    </NumbersForm>
  );
}

function inWords({ leaseDays, graceDays }: Days): string {
  return `Lease: ${counted(leaseDays, "day")}. Grace: ${counted(graceDays, "day")}.`;
}
