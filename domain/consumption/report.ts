import { idEcho } from "@/domain/assignments/echo";
import { nameKey } from "@/domain/licenses/definition";
import { isFutureMonth, type Month, parseMonth } from "@/domain/month";
import type { ReportErrorCode } from "@/domain/refusals/refusal";
import { isPlainText } from "@/domain/text";
import { isUuid } from "@/domain/uuid";

/** One element of a report as it was sent: its values are unchecked. */
export type SentElement = Record<string, unknown>;

/** An element that can be booked if the license has its allotment. */
export type ReportElement = {
  /** The id that matches a result to its element; undefined if none was sent that can be written as text. */
  id: string | number | undefined;
  allotment: string;
  /** The allotment's name in lower case. */
  key: string;
  month: Month;
  consumption: number;
  sequence: number | null;
  /** The minute lease that paid for it, if it names one. */
  lease?: string;
};

export type ReportError = {
  id: string | number | undefined;
  error: { code: ReportErrorCode; detail: string };
};

const MOST = 1_000_000_000;

/**
 * Reads one element, or returns what is wrong with it: a bad element never affects the others. The object is written
 * out member by member, since spreading costs more than everything else here.
 */
export function readElement(sent: SentElement, now: Date): ReportElement | ReportError {
  const id = idEcho(sent.id);
  const fault = (code: ReportErrorCode, detail: string): ReportError => ({ id, error: { code, detail } });
  const { allotment, consumption } = sent;
  if (!isPlainText(allotment) || allotment === "")
    return fault(
      "INVALID_ALLOTMENT",
      "allotment must be a name of 1 to 200 characters without control characters.",
    );
  const month = parseMonth(sent.month);
  if (!month) return fault("INVALID_MONTH", "month must be YYYY-MM, for example 2018-11.");
  if (isFutureMonth(month, now))
    return fault("MONTH_IN_FUTURE", `${month} hasn't started yet. Check this deployment's clock.`);
  if (!isWhole(consumption) || consumption < 0 || consumption > MOST)
    return fault("INVALID_CONSUMPTION", `consumption must be a whole number from 0 to ${MOST}.`);
  const sequence = sent.sequence ?? null;
  if (sequence !== null && (!isWhole(sequence) || sequence < 1))
    return fault("INVALID_SEQUENCE", "sequence must be a whole number from 1 to 2^53 - 1.");
  const element: ReportElement = { id, allotment, key: nameKey(allotment), month, consumption, sequence };
  if (typeof sent.lease === "string" && isUuid(sent.lease)) element.lease = sent.lease.toLowerCase();
  return element;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
