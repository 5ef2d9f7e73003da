import { type Allotment, allotmentNamed, type Definition } from "@/domain/licenses/definition";
import type { Month } from "@/domain/month";
import { defaultTimeAllotment, monthView, slotKey } from "./consumption";
import { type License, type State, unreported } from "./state";

/** The named time allotment, or the default one. */
export function timeAllotment(
  { definition }: License,
  name?: string,
): Allotment | "NOT_METERED" | "UNKNOWN_ALLOTMENT" {
  const asked = name ?? defaultTimeAllotment(definition);
  const found = asked === undefined ? undefined : allotmentNamed(definition, asked);
  if (!found) return "UNKNOWN_ALLOTMENT";
  return found.usage.class === "time" ? found : "NOT_METERED";
}

/** Every time allotment. */
export function timeAllotments({ allotments }: Definition): Allotment[] {
  return allotments.filter(({ usage }) => usage.class === "time");
}

/** The usage of a time allotment this month. */
export function allotmentView(state: State, license: License, allotment: Allotment, month: Month) {
  const slot = state.slots.get(slotKey(license.number, allotment.name, month));
  const view = monthView(slot, license.definition, license.version, allotment.name, month);
  const { used = 0, fault = null } = slot ?? {};
  return { ...view, used, unreported: slot ? unreported(slot) : 0, fault };
}
