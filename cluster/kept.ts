import { compareStore } from "@/crash-test/compare";
import type { Stage } from "@/faults/scenario";
import type { Load } from "./load";
import { monthNow, type Stand } from "./stand";

/** What products were told is in the store, once. */
export async function keepsAll({ check }: Stage, stand: Stand, { held }: Load, begun: string): Promise<void> {
  const kinds = ["activations", "reports", "adds", "deletes"];
  const done = kinds.map((kind) => `${held.counts.get(kind) ?? 0} ${kind}`).join(", ");
  check(`products did all that they do: ${done}`, held.counts.size === kinds.length);
  check("no response was one that should never occur", held.faults.length === 0, held.faults);
  const store = { ask: stand.ask, license: stand.license.number };
  const { rules } = await compareStore(store, held, [...new Set([begun, monthNow()])]);
  for (const { rule, broken } of rules) check(rule, broken.length === 0, broken);
}
