import type { Definition } from "@/domain/licenses/definition";
import { parseValidity } from "@/domain/licenses/validity";
import { DAY } from "@/domain/month";
import type { EventData } from "./cloud-event";

/** The members of a definition event: times in RFC 3339, null for no bound. A license here has no parent or bank. */
export function definitionFacts(
  { valid, trial, product }: Definition,
  { graceDays, from, now }: { graceDays: number; from: Date; now: Date },
): EventData {
  const { from: start, to: stop } = parseValidity(valid) ?? { from: null, to: null };
  const last = stop && new Date(stop.getTime() + graceDays * DAY);
  return {
    valid: { Start: textOf(start), Stop: textOf(stop) },
    changeTime: from.toISOString(),
    updateTime: now.toISOString(),
    licenseType: trial ? "trial" : "standard",
    parentLicense: null,
    latestValidTime: textOf(last),
    capabilityBankId: null,
    product,
  };
}

function textOf(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
