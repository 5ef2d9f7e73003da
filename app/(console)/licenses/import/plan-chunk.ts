import type { PlannedLegacy } from "@/server/legacy/legacy-file";

/** A chunk that the server sends while it checks a list. */
export type PlanChunk = { rows: PlannedLegacy[] };
