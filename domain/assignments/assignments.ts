import { nameKey } from "@/domain/licenses/definition";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { hiddenIn } from "@/domain/look-alikes";
import { dayOf } from "@/domain/month";
import { hashedSubject, hashIn } from "@/domain/offline/hashed-subject";
import type { RejectionCode } from "@/domain/refusals/refusal";
import { isPlainText } from "@/domain/text";
import { parseTimestamp } from "@/domain/timestamp";
import type { Assignment, Patch, PatchContext, PatchResult, PatchResults, Seats } from "./assignment";
import {
  freeSeat,
  isFull,
  lifeKey,
  nameSeat,
  noteRejection,
  noteUse,
  openPatchState,
  type PatchState,
  type Seat,
  seatKey,
  shareSpellings,
  spell,
  takeSeat,
} from "./patch-state";
import { restoreSeat } from "./restored-seats";
import { isSubject } from "./subject";

type Sent = { [Field in keyof Patch]?: unknown };

/** Decides patches in order, each on the state that the ones before it left; every add and delete takes the next version. */
export function applyPatches(seats: Seats, patches: readonly Patch[], how: PatchContext): PatchResults {
  const { decideNext, resultOf } = openDecision(seats, how);
  return resultOf(patches.map(decideNext));
}

/** The steps of `applyPatches`, for a request with so many patches that others need a turn in between. */
export function openDecision(seats: Seats, how: PatchContext) {
  const state = openPatchState(seats, how);
  const refused = new Map<Patch | undefined, RejectionCode>();
  const decideNext = (patch: Patch): PatchResult => {
    const held = refused.get(how.dependsOn?.get(patch));
    const result = held ?? decided(state, patch);
    if (typeof result !== "string") return { patch, row: result, rejection: "" };
    refused.set(patch, result);
    return { patch, row: null, rejection: result };
  };
  const resultOf = (answers: PatchResult[]): PatchResults => {
    const rejected = [...state.rejected.values()].filter((seat) => !state.bySeat.has(seatKey(seat)));
    return { version: state.version, answers, changes: state.changes, rejected };
  };
  return { decideNext, resultOf };
}

/**
 * The rows that the store must load for these patches: rows by instance, and live rows and tombstones by allotment
 * and subject.
 */
export function patchKeys(
  patches: readonly Patch[],
  indexOf: PatchContext["indexOf"],
  reverts: PatchContext["reverts"] = new Map(),
  hashOf?: PatchContext["hashOf"],
) {
  const gone = [...reverts.values()].flatMap(({ restores }) => restores?.instance ?? []);
  const instances = new Set(gone);
  const lookups = new Map<string, Seat>();
  for (const patch of patches) {
    const sent: Sent = patch;
    const seat = isNamed(sent) ? null : readSeat(sent, indexOf);
    const hashed = seat && hashOf && !hashIn(String(sent.subject)) && hashedSeat(sent, seat, indexOf, hashOf);
    for (const each of [seat, hashed]) if (each) lookups.set(seatKey(each), each);
    if (seat) continue;
    if (isInstance(sent.instance)) instances.add(sent.instance);
  }
  return { instances: [...instances], lookups: [...lookups.values()] };
}

/** Decides one patch: the row that it concerns, null if there is none, or the rejection. */
export function decided(state: PatchState, patch: Patch): Assignment | RejectionCode | null {
  const back = state.how.reverts?.get(patch);
  if (!back) return decide(state, patch);
  const before = state.changes.length;
  const result = back.restores ? restoreSeat(state, back.restores) : decide(state, patch);
  for (const change of state.changes.slice(before)) change.reverses = back.version;
  return result;
}

function decide(state: PatchState, sent: Sent): Assignment | RejectionCode | null {
  const { license } = sent;
  const number = typeof license === "string" ? parseLicenseNumber(license) : null;
  if (number !== state.seats.license) return "UNKNOWN_LICENSE";
  if (isNamed(sent) && !isDecimal(sent.instance)) return "INVALID_INSTANCE";
  if (isSet(sent.deleted)) return decideDelete(state, sent);
  return isNamed(sent) ? decideUse(state, sent) : decideAdd(state, sent);
}

function decideDelete(state: PatchState, sent: Sent) {
  if (!parseTimestamp(sent.deleted)) return "INVALID_TIMESTAMP";
  const row = isNamed(sent) ? rowNamed(state, sent) : ownLife(state, sent);
  if (row && isHidden(state, row)) return "UNKNOWN_ALLOTMENT";
  return !row || row.deleted ? row : freeSeat(state, row);
}

function decideUse(state: PatchState, sent: Sent) {
  const day = readDay(sent.lastUsed, state.how.now);
  if (day === undefined) return "INVALID_TIMESTAMP";
  const row = rowNamed(state, sent);
  if (row && isHidden(state, row)) return "UNKNOWN_ALLOTMENT";
  if (!row || row.deleted || day === null || day <= (row.lastUsed ?? "")) return row;
  return noteUse(state, row, day);
}

function decideAdd(state: PatchState, sent: Sent) {
  if (!isSubject(sent.subject)) return "INVALID_SUBJECT";
  const result = seatOrRefusal(state, sent, sent.subject);
  if (typeof result !== "string") return result;
  const seat = readSeat(sent, state.how.indexOf);
  const isKnown = seat && state.seats.pools.has(seat.allotment);
  if (isKnown) noteRejection(state, result, { ...seat, subject: sent.subject });
  return result;
}

/** The checks of an add with a valid subject, in the order of the contract. */
function seatOrRefusal(state: PatchState, sent: Sent, subject: string): Assignment | RejectionCode {
  const { how, seats } = state;
  const created = parseTimestamp(sent.created);
  const lastUsed = readDay(sent.lastUsed, how.now);
  if (!created || lastUsed === undefined) return "INVALID_TIMESTAMP";
  if (isSet(sent.auto) && typeof sent.auto !== "boolean") return "INVALID_ITEM";
  const seat = readSeat(sent, how.indexOf);
  const pool = seat && seats.pools.get(seat.allotment);
  if (!pool) return "UNKNOWN_ALLOTMENT";
  if (pool.class !== "assigned") return "NOT_ASSIGNABLE";
  const { allotment, index } = seat;
  const known = state.bySeat.get(seatKey(seat)) ?? lifeOf(state, seat, subject, created);
  if (known) return heard(state, known, subject);
  const isHash = hashIn(subject) !== null;
  const hashed =
    how.hashOf && !isHash && state.bySeat.get(seatKey(hashedSeat(sent, seat, how.indexOf, how.hashOf)));
  const isHidden = hiddenIn(subject) !== null;
  if (hashed && !isHidden) return heard(state, nameSeat(state, hashed, { subject, index }), subject);
  const auto = sent.auto === true;
  if (isHidden || (isHash && !how.takesHashes)) return "INVALID_SUBJECT";
  if (!seats.accepts) return "LICENSE_NOT_VALID";
  if (auto && !seats.autoAssign.has(allotment)) return "AUTO_ASSIGN_OFF";
  if (auto && seats.inactive?.has(index)) return "USER_INACTIVE";
  if (isFull(state, allotment, how.source)) return "NO_AVAILABLE_UNITS";
  const { source, now: received } = how;
  const { subject: shown, aliases } = spell(state, index, subject);
  const taking = { allotment, index, subject: shown, aliases, created, received, source, auto, lastUsed };
  return shareSpellings(state, takeSeat(state, taking));
}

/** A row that an add named: if the add brings a spelling of its user back, the user's rows get it. */
function heard(state: PatchState, row: Assignment, subject: string): Assignment {
  if (row.deleted || !state.how.aliases) return row;
  spell(state, row.index, subject);
  return shareSpellings(state, row);
}

function isHidden({ seats }: PatchState, { allotment }: Assignment): boolean {
  return seats.hidden?.has(allotment) ?? false;
}

function rowNamed({ byInstance }: PatchState, { instance }: Sent): Assignment | null {
  return typeof instance === "string" ? (byInstance.get(instance) ?? null) : null;
}

/** The assignment, live or ended, that this source added with this `created`. */
function ownLife(state: PatchState, sent: Sent): Assignment | null {
  const seat = readSeat(sent, state.how.indexOf);
  const created = parseTimestamp(sent.created);
  return seat && created ? (lifeOf(state, seat, String(sent.subject), created) ?? null) : null;
}

/** A life that began before its subject was declared an alias has the index of the alias. */
function lifeOf({ byLife, how }: PatchState, seat: Seat, subject: string, created: Date) {
  const life = { ...seat, source: how.source, created };
  const found = byLife.get(lifeKey(life));
  if (found || !how.aliases) return found;
  return byLife.get(lifeKey({ ...life, index: how.aliases.spelledIndexOf(subject) }));
}

function readSeat({ allotment, subject }: Sent, indexOf: PatchContext["indexOf"]): Seat | null {
  if (!isPlainText(allotment) || !isSubject(subject)) return null;
  return { allotment: nameKey(allotment), index: indexOf(subject) };
}

/** The seat that this subject's hash may hold. */
function hashedSeat(
  { subject }: Sent,
  { allotment }: Seat,
  indexOf: PatchContext["indexOf"],
  hashOf: NonNullable<PatchContext["hashOf"]>,
): Seat {
  return { allotment, index: indexOf(hashedSubject(hashOf(String(subject)))) };
}

/** The day of a use, today at the latest; null if none was sent, undefined if it can't be read. */
function readDay(lastUsed: unknown, now: Date): string | null | undefined {
  if (!isSet(lastUsed)) return null;
  const isDay = typeof lastUsed === "string" && /^\d{4}-\d\d-\d\d$/.test(lastUsed);
  const moment = parseTimestamp(isDay ? `${lastUsed}T00:00:00Z` : lastUsed);
  if (!moment) return undefined;
  return dayOf(moment < now ? moment : now);
}

function isNamed({ instance }: Sent): boolean {
  return isSet(instance) && instance !== "";
}

/** Whether a value has the form of an instance on the wire. */
function isDecimal(value: unknown): boolean {
  return typeof value === "string" && /^\d{1,19}$/.test(value);
}

/** Whether a value is a decimal of 63 bits; no other instance was ever given. */
export function isInstance(value: unknown): value is string {
  return typeof value === "string" && /^(0|[1-9]\d{0,18})$/.test(value) && BigInt(value) < 2n ** 63n;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
