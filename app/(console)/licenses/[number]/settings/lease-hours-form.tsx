"use client";

import { NumberInput } from "@mantine/core";
import { counted } from "@/components/text/numbers";
import { LEASE_HOURS } from "@/domain/leases/bounded-definition";
import type { LicenseSettings } from "@/server/licenses/license";
import { NumbersForm } from "./numbers-form";
import { useNumbers } from "./use-numbers";

type Hours = Pick<LicenseSettings, "leaseHours">;
type Props = { number: string; settings: Hours; why: string | null };

/** The form for how long reserved minutes can be used without reaching the server. */
export function LeaseHoursForm({ number, settings: { leaseHours }, why }: Props) {
  const { wanted, set, form } = useNumbers<Hours>({
    name: "lease-hours",
    number,
    known: { leaseHours },
    inWords: (hours) => `Reserved minutes: ${counted(hours.leaseHours, "hour")}.`,
  });
  return (
    <NumbersForm of={form} why={why} action="Save hours">
      <NumberInput
        label="Use of reserved minutes"
        description="How long a bounded deployment can use its reserved minutes without reaching this server. Default: 12 hours."
        value={wanted.leaseHours}
        onChange={(value) => set({ leaseHours: Number(value) || LEASE_HOURS.min })}
        min={LEASE_HOURS.min}
        max={LEASE_HOURS.max}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        readOnly={why !== null}
        suffix=" hours"
      />
    </NumbersForm>
  );
}
