import type { ShownRow } from "@/server/licenses/license-runs";

/** A chunk that the server sends while it checks a list. */
export type PlanChunk = { rows: ShownRow[] };
