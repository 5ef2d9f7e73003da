import { ACCOUNT_REFUSALS } from "./account-refusals";
import { DUAL_USE_REFUSALS } from "./dual-use-refusals";
import { LEGACY_REFUSALS } from "./legacy-refusals";
import { LICENSE_REFUSALS } from "./license-refusals";
import { OFFLINE_REFUSALS } from "./offline-refusals";
import { problemType } from "./problem-type";
import type { ProblemCode, RefusalText } from "./refusal-text";
import { REQUEST_REFUSALS } from "./request-refusals";
import { SEAT_REFUSALS } from "./seat-refusals";
import { WEBHOOK_REFUSALS } from "./webhook-refusals";

/** All refusals in one table: error bodies take their title from it, and each code's page shows all of it. */
export const ALL_REFUSALS: Record<ProblemCode, RefusalText> = {
  ...LICENSE_REFUSALS,
  ...DUAL_USE_REFUSALS,
  ...LEGACY_REFUSALS,
  ...OFFLINE_REFUSALS,
  ...SEAT_REFUSALS,
  ...ACCOUNT_REFUSALS,
  ...WEBHOOK_REFUSALS,
  ...REQUEST_REFUSALS,
};

/** What happened and what to do, for a refusal without a sentence of its own. */
export function refusalSentence(code: ProblemCode): string {
  const { happened, remedy } = ALL_REFUSALS[code];
  return `${happened} ${remedy}`;
}

/** The code that a page describes; null if there is no such code. */
export function problemCodeOf(slug: string): ProblemCode | null {
  const code = Object.keys(ALL_REFUSALS).find((known) => problemType(known) === `/errors/${slug}`);
  return (code as ProblemCode | undefined) ?? null;
}
