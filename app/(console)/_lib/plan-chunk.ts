import type { RefusalNotice } from "@/components/forms/refusal-notice";

/** The last chunk of a streamed plan: either the plan is complete, or the file was refused. */
export type PlanEnd = { isWhole: true } | { refused: RefusalNotice };
