"use client";

import { NumberInput } from "@mantine/core";
import { counted } from "@/components/text/numbers";
import { MAX_OFFLINE_DAYS } from "@/domain/offline/checkout";
import type { LicenseSettings } from "@/server/licenses/license";
import { NumbersForm } from "./numbers-form";
import { useNumbers } from "./use-numbers";

type Offline = Pick<LicenseSettings, "offlineDays" | "maxCheckouts">;
type Props = { number: string; settings: Offline; why: string | null };

const MOST = 1_000_000;

/** The form for the lifetime of signed definitions, and for how many can be out at a time. */
export function OfflineForm({ number, settings: { offlineDays, maxCheckouts }, why }: Props) {
  const { wanted, set, form } = useNumbers<Offline>({
    name: "offline",
    number,
    known: { offlineDays, maxCheckouts },
    inWords,
  });
  const shared = {
    clampBehavior: "strict",
    allowDecimal: false,
    allowNegative: false,
    readOnly: why !== null,
  } as const;
  return (
    <NumbersForm of={form} why={why} action="Save limits">
      <NumberInput
        label="Duration"
        description="Maximum validity of a signed definition. Default: 90 days."
        value={wanted.offlineDays}
        onChange={(value) => set({ offlineDays: Number(value) || 1 })}
        min={1}
        max={MAX_OFFLINE_DAYS}
        suffix=" days"
        {...shared}
      />
      <NumberInput
        label="Maximum at a time"
        description="Signed definitions in use at the same time. Leave empty for any number."
        value={wanted.maxCheckouts ?? ""}
        onChange={(value) => set({ maxCheckouts: value === "" ? null : Number(value) })}
        min={0}
        max={MOST}
        {...shared}
      />
    </NumbersForm>
  );
}

function inWords({ offlineDays, maxCheckouts }: Offline): string {
  const most = maxCheckouts === null ? "any number out" : `${maxCheckouts} out at a time`;
  return `Signed definitions: ${counted(offlineDays, "day")}, ${most}.`;
}
