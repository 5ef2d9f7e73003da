import type { RefusalNotice } from "@/components/forms/refusal-notice";

/** The last part of a plan that is sent part by part: it is whole, or the file was refused. */
export type PlanEnd = { isWhole: true } | { refused: RefusalNotice };
