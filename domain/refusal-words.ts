import { ACCOUNT_REFUSALS } from "@/domain/account-refusal-words";
import { DUAL_USE_REFUSALS } from "@/domain/dual-use-refusal-words";
import { LEGACY_REFUSALS } from "@/domain/legacy-refusal-words";
import { LICENSE_REFUSALS } from "@/domain/license-refusal-words";
import { OFFLINE_REFUSALS } from "@/domain/offline-refusal-words";
import { problemType } from "@/domain/problem-type";
import type { ProblemCode, RefusalWords } from "@/domain/refusal-text";
import { REQUEST_REFUSALS } from "@/domain/request-refusal-words";
import { SEAT_REFUSALS } from "@/domain/seat-refusal-words";

/** The one table: error bodies take their title from it, and each code's page shows all of it. */
export const REFUSAL_WORDS: Record<ProblemCode, RefusalWords> = {
  ...LICENSE_REFUSALS,
  ...DUAL_USE_REFUSALS,
  ...LEGACY_REFUSALS,
  ...OFFLINE_REFUSALS,
  ...SEAT_REFUSALS,
  ...ACCOUNT_REFUSALS,
  ...REQUEST_REFUSALS,
};

/** What happened and what to do, where nothing more can be said than the code says. */
export function refusalSentence(code: ProblemCode): string {
  const { happened, remedy } = REFUSAL_WORDS[code];
  return `${happened} ${remedy}`;
}

/** The code that a page is about; null when there is no such code. */
export function problemCodeOf(slug: string): ProblemCode | null {
  const code = Object.keys(REFUSAL_WORDS).find((known) => problemType(known) === `/errors/${slug}`);
  return (code as ProblemCode | undefined) ?? null;
}
