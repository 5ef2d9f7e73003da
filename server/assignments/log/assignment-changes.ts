import { LRUCache } from "lru-cache";
import { aliasesOf, userIndexOf } from "@/domain/assignments/aliases";
import type {
  AllotmentSeats,
  Assignment,
  Change,
  Patch,
  PatchContext,
  PatchResult,
  PatchResults,
  Seats,
} from "@/domain/assignments/assignment";
import { applyMoves, type Move } from "@/domain/assignments/assignment-moves";
import { applyPatches, patchKeys } from "@/domain/assignments/assignments";
import { subjectKey } from "@/domain/assignments/subject";
import { isOverdue } from "@/domain/assignments/sync";
import { type Definition, definitionFor, nameKey, unitsInForce } from "@/domain/licenses/definition";
import { acceptsAssignments } from "@/domain/licenses/lease";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import { subjectHash } from "@/domain/offline/offline-log";
import { type Promised, reservedFrom } from "@/domain/offline/shares";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { rejectionSentence } from "@/domain/refusals/seat-refusals";
import { countShared, promisedSeats } from "@/server/checkouts/checkout-shares";
import { offlineSaltOf } from "@/server/checkouts/offline-secrets";
import {
  type AdmissionStatus,
  type AdmittedLicense,
  admit,
  type Caller,
} from "@/server/deployments/admission";
import { callColumns } from "@/server/deployments/call-statement";
import { currentDefinition } from "@/server/licenses/definitions";
import { refuseBehind } from "@/server/restores/restore-marks";
import { type DataKeys, dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { macInHex, random } from "@/server/secrets/encryption";
import { LOCK_LOG_HEAD } from "@/server/store/locks";
import { perProcess } from "@/server/store/per-process";
import type { Statement } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { openAssignment } from "./assignment-rows";
import { saveChanges } from "./assignment-saving";
import {
  LOAD_ALIASED,
  LOAD_ALIASED_AS_ADMIN,
  LOAD_SEATS,
  LOAD_SEATS_AS_ADMIN,
  type LockedLogHead,
  READ_LOG_HEAD,
  type SeatsRow,
} from "./assignment-statements";
import { inTurn } from "./assignment-turns";
import type { Changer, Query } from "./changer";

/** `version` is the log's version before the change, `live` how many seats of each allotment were held then. */
export type Changed = {
  version: number;
  answers: PatchResult[];
  changes: Change[];
  live: Record<string, number>;
  /** Seats that checkouts reserved then, beside those that were held, by the key of the allotment. */
  reserved: ReadonlyMap<string, number>;
  license: AdmittedLicense;
};
/** How a license compares subjects, whether they are hashed too, and whether some are aliases. */
export type Matching = Pick<AdmittedLicense, "subject_matching" | "offline_hashes" | "has_aliases">;

/** How licenses compared subjects when they were last read. */
export const matchings = () =>
  perProcess("subject-matching", () => new LRUCache<string, Matching>({ max: 20_000 }));
export const USUAL: Matching = { subject_matching: "folded", offline_hashes: false, has_aliases: false };

/**
 * Applies patches to a license's assignments under the lock of its log head, and saves the changes, the counters and
 * the audit in the same transaction. Patches of one license queue here before they take a connection.
 */
export function changeAssignments(license: string, patches: Patch[], changer: Changer): Promise<Changed> {
  return change(license, patches, changer, (seats, how, found) =>
    applyPatches(seats, found, { ...how, dependsOn: changer.dependsOn }),
  );
}

/** The result that a decision would have now. Nothing is locked or written. */
export async function previewByHand<Result>(
  license: string,
  changer: Changer,
  decide: (seats: Seats, how: PatchContext, patches: Patch[]) => Result,
): Promise<Result> {
  const { sql } = store();
  const keys = await dataKeys(license);
  const [logHead] = await sql.query<LockedLogHead>(READ_LOG_HEAD, [license]);
  if (!logHead) throw nothingHere();
  const patches = (await changer.patchesIn?.(sql, { license, keys })) ?? [];
  const { row, ...names } = await loadSeats(sql, license, patches, changer, keys);
  const definition = await currentDefinition(license, row.definition_id);
  const { source, now, takesHashes } = changer;
  const seats = seatsOf(row, logHead.version, definition, openTouched(row, keys), changer);
  return decide(seats, { source, now, takesHashes, newInstance, ...names }, patches);
}

/** The result that patches would have now. */
export function previewChanges(license: string, changer: Changer): Promise<PatchResults> {
  return previewByHand(license, changer, (seats, how, patches) => applyPatches(seats, patches, how));
}

/** Decides a change by hand under the license's lock, on the rows that patches can touch, and saves the result. */
export function changeByHand(
  license: string,
  patches: Patch[],
  changer: Changer,
  decide: (seats: Seats, how: PatchContext) => PatchResults,
): Promise<Changed> {
  return change(license, patches, changer, decide);
}

/** Decides and saves moves, by the end state that they lead to. */
export function moveAssignments(
  license: string,
  moves: readonly Move[],
  changer: Omit<Changer, "dependsOn">,
): Promise<Changed> {
  const patches = moves.flatMap(({ take, leave }) => [take ?? [], leave ?? []].flat());
  return change(license, patches, changer, (seats, how) => applyMoves(seats, moves, how));
}

async function change(
  license: string,
  patches: Patch[],
  changer: Changer,
  decide: (seats: Seats, how: PatchContext, patches: Patch[]) => PatchResults,
): Promise<Changed> {
  return inTurn(license, () =>
    store().sql.transaction(async (tx) => {
      // Not before there is a connection: a new one may lead to another database with other keys.
      const keys = await dataKeys(license, tx);
      const auditKeys = await dataKeys(INSTALLATION, tx);
      const [logHead] = await tx.query<LockedLogHead>(LOCK_LOG_HEAD, [license]);
      if (!logHead) throw nothingHere();
      const found = (await changer.patchesIn?.(tx, { license, keys })) ?? patches;
      const { row, ...names } = await loadSeats(tx, license, found, changer, keys);
      await refuseBehind(license, changer.base ?? null, logHead);
      const definition = await currentDefinition(license, row.definition_id, tx);
      const { source, now, reverts, takesHashes } = changer;
      const seats = seatsOf(row, logHead.version, definition, openTouched(row, keys), changer);
      const how = { source, now, newInstance, reverts, takesHashes, ...names };
      const outcome = decide(seats, how, found);
      if (changer.allOrNothing) refuseRejected(outcome.answers);
      const result = changer.unkept ? { ...outcome, rejected: [] } : outcome;
      const { hashOf } = names;
      await saveChanges(tx, [{ license, keys, logHead, hashOf, parts: [{ result, changer }] }], auditKeys);
      await countShared(tx, license, row.shares, outcome.changes);
      await changer.alongside?.(tx, outcome);
      const { answers, changes } = outcome;
      const reserved = reservedOf(row, now);
      return { answers, changes, version: logHead.version, live: row.live ?? {}, reserved, license: row };
    }),
  );
}

function refuseRejected(results: PatchResult[]): void {
  const refused = results.find(({ rejection }) => rejection !== "");
  if (!refused?.rejection) return;
  const { rejection: code, patch } = refused;
  const hidden = code === "INVALID_SUBJECT" ? hiddenIn(patch.subject) : null;
  throw new Refusal(code, hidden ? hiddenText(hidden) : rejectionSentence(code));
}

/** Loads the rows that the patches can touch, with the license's user matching; if that was guessed wrong, it loads again. */
async function loadSeats(tx: Query, license: string, patches: Patch[], changer: Changer, keys: DataKeys) {
  const guess = matchings().get(license) ?? USUAL;
  const first = await loadMatched(tx, license, patches, changer, keys, guess);
  const matching = matchingOf(first.row);
  matchings().set(license, matching);
  const isRight = JSON.stringify(matching) === JSON.stringify(guess);
  return isRight ? first : loadMatched(tx, license, patches, changer, keys, first.row);
}

export function matchingOf({ subject_matching, offline_hashes, has_aliases }: Matching): Matching {
  return { subject_matching, offline_hashes, has_aliases };
}

async function loadMatched(
  tx: Query,
  license: string,
  patches: Patch[],
  { caller, reverts, now }: Changer,
  keys: DataKeys,
  { subject_matching: matching, offline_hashes, has_aliases }: Matching,
) {
  const spelledIndexOf = indexesBy(keys, matching);
  const salt = offline_hashes ? offlineSaltOf(license, keys) : null;
  const hashOf = salt ? remembered((subject) => subjectHash(salt, subject, matching)) : undefined;
  const { instances, lookups } = patchKeys(patches, spelledIndexOf, reverts, hashOf);
  const named = (row: SeatsRow & Partial<Pick<AdmissionStatus, "scope">>) => {
    const aliases = aliasesOf(row.aliases ?? [], spelledIndexOf);
    return { row, indexOf: userIndexOf(aliases, spelledIndexOf), aliases, hashOf };
  };
  if (caller) {
    const load = has_aliases ? LOAD_ALIASED : LOAD_SEATS;
    const [row] = await loadCalls(tx, [{ caller, now, instances, lookups }], load);
    return named(admit(row));
  }
  const wanted = [instances, lookups.map(({ allotment }) => allotment), lookups.map(({ index }) => index)];
  const load = has_aliases ? LOAD_ALIASED_AS_ADMIN : LOAD_SEATS_AS_ADMIN;
  const [row] = await tx.query<SeatsRow>(load, [license, ...wanted]);
  if (!row) throw nothingHere();
  return named(row);
}

/** The indexes of subjects in a license, each computed once. */
export function indexesBy({ mac }: DataKeys, matching: Matching["subject_matching"]) {
  return remembered((subject) => macInHex(mac, subjectKey(subject, matching)));
}

/** The seats that the patches of a call can touch. */
export type Wanted = { caller: Caller; now: Date } & ReturnType<typeof patchKeys>;
export type CallSeats = SeatsRow & AdmissionStatus & { slot: number };

/** Loads the rows that calls can touch, and admits their keys; returns the row of each call in order. */
export async function loadCalls(
  tx: Query,
  calls: readonly Wanted[],
  load: Statement = LOAD_SEATS,
): Promise<(CallSeats | undefined)[]> {
  const instances = calls.flatMap((call, at) =>
    call.instances.map((instance) => ({ slot: at + 1, instance })),
  );
  const lookups = calls.flatMap((call, at) => call.lookups.map((seat) => ({ slot: at + 1, ...seat })));
  const rows = await tx.query<CallSeats>(load, [
    ...callColumns(calls, calls[0]?.now),
    instances.map(({ slot }) => slot),
    instances.map(({ instance }) => instance),
    lookups.map(({ slot }) => slot),
    lookups.map(({ allotment }) => allotment),
    lookups.map(({ index }) => index),
  ]);
  const bySlot = new Map(rows.map((row) => [row.slot, row]));
  return calls.map((_, at) => bySlot.get(at + 1));
}

/** Memoizes a function: a change needs the same subject when it loads, decides and saves. */
function remembered(answer: (subject: string) => string): (subject: string) => string {
  const known = new Map<string, string>();
  return (subject) => {
    const found = known.get(subject) ?? answer(subject);
    known.set(subject, found);
    return found;
  };
}

export function openTouched({ license, touched }: SeatsRow, keys: DataKeys): Assignment[] {
  return (touched ?? []).map((row) => openAssignment(license, keys, row));
}

export function seatsOf(
  row: SeatsRow,
  version: number,
  definition: Definition,
  touched: readonly Assignment[],
  { now, caller, product }: Changer,
): Seats {
  const scope = caller ? (row.scope ?? null) : product;
  const offered = scope === undefined ? definition : definitionFor(definition, scope);
  const switches = [
    ["professional", row.auto_assign_professional],
    ["analyzer", row.auto_assign_analyzer],
  ] as const;
  return {
    license: row.license,
    version,
    accepts: acceptsAssignments(definition.valid, now, row.grace_days),
    autoAssign: new Set<string>(switches.flatMap(([name, on]) => (on ? [name] : []))),
    pools: allotmentSeatsOf(offered, row.live ?? {}, now, promisedSeats(row.shares, now)),
    hidden: new Set(row.hidden),
    inactive: new Set(row.inactive),
    touched: touched.filter(({ deleted }) => !caller || !deleted || !isOverdue(deleted, now)),
  };
}

export function reservedOf({ shares }: SeatsRow, now: Date): Map<string, number> {
  const promised = promisedSeats(shares, now);
  return new Map([...promised].map(([allotment, all]) => [allotment, reservedFrom(null, all)]));
}

export function allotmentSeatsOf(
  definition: Definition,
  live: Record<string, number>,
  now: Date,
  promised: ReadonlyMap<string, Promised[]> = new Map(),
): Map<string, AllotmentSeats> {
  return new Map(
    definition.allotments.map((allotment) => {
      const key = nameKey(allotment.name);
      const pool = {
        name: allotment.name,
        class: allotment.usage.class,
        units: unitsInForce(allotment, now),
      };
      const shares = promised.get(key);
      return [key, { ...pool, live: live[key] ?? 0, ...(shares ? { promised: shares } : {}) }];
    }),
  );
}

/** 63 random bits, never 0, as decimal text. */
export function newInstance(): string {
  const bits = random(8).readBigUInt64BE() >> 1n;
  return bits === 0n ? newInstance() : bits.toString();
}
