import type { PlannedLegacy } from "@/server/legacy/legacy-file";

/** What the server sends of a list while it checks it. */
export type PlanChunk = { rows: PlannedLegacy[] };
