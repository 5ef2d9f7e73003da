import type { Refused } from "@/components/refused";
import type { PlannedLegacy } from "@/server/legacy-file";

/** One line of what the server tells of a list that it checks. */
export type PlanPart = { rows: PlannedLegacy[] } | { refused: Refused } | { isWhole: true };
