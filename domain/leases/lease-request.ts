import { idEcho } from "@/domain/assignments/echo";
import { nameKey } from "@/domain/licenses/definition";
import { parseMonth } from "@/domain/month";
import { isPlainText } from "@/domain/text";
import { isUuid } from "@/domain/uuid";
import type { LeaseRefusal, LeaseRequest } from "./lease-rules";

/** A readable request for a lease; `key` is the allotment's name in lower case. */
export type LeaseItem = LeaseRequest & {
  id: string | number | undefined;
  allotment: string;
  key: string;
  run: string;
};

export type LeaseErrorCode =
  | "INVALID_ITEM"
  | "UNKNOWN_ALLOTMENT"
  | "NOT_METERED"
  | "LEASES_OFF"
  | LeaseRefusal;

export type LeaseItemError = {
  id: string | number | undefined;
  error: { code: LeaseErrorCode; detail: string };
};

/** This many leases can be asked for in one request. */
export const MAX_LEASES = 100;
const MOST = 1_000_000_000;

const SENTENCES: Record<
  Exclude<LeaseErrorCode, "INVALID_ITEM" | "UNKNOWN_ALLOTMENT" | "NOT_METERED">,
  string
> = {
  LEASES_OFF: "This license doesn't reserve minutes: count usage as without leases.",
  MONTH_CLOSED: "The month has ended, or begins more than 24 hours from now. Report what was used.",
  LEASE_RELEASED: "An admin released these minutes. Begin a new run.",
  SEQUENCE_BEHIND: "A later request of this run was answered before. Its values are beside this error.",
  RUN_COPIED: "Two deployments use this run. It gets no more minutes: begin a new run.",
};

export function leaseSentence(code: keyof typeof SENTENCES): string {
  return SENTENCES[code];
}

/** Reads one request for a lease of a run, or returns what is wrong with it: the others of the request count. */
export function readLease(sent: Record<string, unknown>, run: unknown): LeaseItem | LeaseItemError {
  const id = idEcho(sent.id);
  const fault = (detail: string): LeaseItemError => ({ id, error: { code: "INVALID_ITEM", detail } });
  const { allotment, sequence, used, reported, want } = sent;
  const month = parseMonth(sent.month);
  const { lease = null, granted = null } = sent;
  if (typeof run !== "string" || !isUuid(run)) return fault("run must be a UUID, beside the leases.");
  if (!isPlainText(allotment) || allotment === "")
    return fault("allotment must be a name of 1 to 200 characters without control characters.");
  if (!month) return fault("month must be YYYY-MM, for example 2018-11.");
  if (!isWhole(sequence) || sequence < 1) return fault("sequence must be a whole number from 1 to 2^53 - 1.");
  if (!isMinutes(used) || !isMinutes(want))
    return fault(`used and want must be whole numbers from 0 to ${MOST}.`);
  if (!isMinutes(reported) || reported > used)
    return fault("reported must be a whole number from 0 to used.");
  if (lease !== null && (typeof lease !== "string" || !isUuid(lease)))
    return fault("lease must be the id of a lease, or left out.");
  if (granted !== null && !isMinutes(granted))
    return fault(`granted must be a whole number from 0 to ${MOST}, or left out.`);
  const values = { month, sequence, used, reported, want, lease: lease?.toLowerCase() ?? null, granted };
  return { id, allotment, key: nameKey(allotment), run: run.toLowerCase(), ...values };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isMinutes(value: unknown): value is number {
  return isWhole(value) && value >= 0 && value <= MOST;
}
