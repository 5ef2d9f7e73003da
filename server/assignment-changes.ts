import { randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import {
  type Answer,
  applyPatches,
  type Change,
  type How,
  type Patch,
  type Pool,
  patchKeys,
} from "@/domain/assignments";
import { type Definition, definitionFor, nameKey, unitsInForce } from "@/domain/definition";
import { acceptsAssignments } from "@/domain/lease";
import { hiddenIn, hiddenInWords } from "@/domain/look-alikes";
import { Refusal, type RejectionCode } from "@/domain/refusal";
import { subjectKey } from "@/domain/subject";
import { type Base, isOverdue } from "@/domain/sync";
import { type Admission, type AdmittedLicense, admit, type Caller } from "./admission";
import { openAssignment } from "./assignment-rows";
import { saveChanges } from "./assignment-saving";
import {
  LOAD_SEATS,
  LOAD_SEATS_AS_ADMIN,
  LOCK_ROSTER,
  type LockedRoster,
  type SeatsRow,
} from "./assignment-statements";
import type { Actor } from "./audit";
import { type DataKeys, dataKeys, INSTALLATION } from "./data-keys";
import { currentDefinition } from "./definitions";
import { nothingHere } from "./gate";
import { perProcess } from "./per-process";
import { refuseBehind } from "./restore-marks";
import { mac } from "./sealing";
import type { Sql } from "./sql";
import { store } from "./store";

/** Who changes assignments: a deployment with its key, or someone who came through the gate. */
export type Changer = {
  source: string;
  actor: Actor;
  now: Date;
  caller?: Caller;
  /** Where the caller stands; one that this store gave and does not reach any more refuses all with `StoreWentBack`. */
  base?: Base;
  /** One rejected patch refuses them all, with its code. */
  allOrNothing?: boolean;
  /** Rejected patches are not kept: whoever sent them is told. */
  unkept?: boolean;
} & Pick<How, "takesBack" | "follows">;

/** `version` is the log's before the change, `live` how many seats of each allotment were held then. */
export type Changed = {
  version: number;
  answers: Answer[];
  changes: Change[];
  live: Record<string, number>;
  license: AdmittedLicense;
};

type Query = Pick<Sql, "query">;
type Matching = AdmittedLicense["subject_matching"];

/** How long changes of one license wait for those before them, in milliseconds. */
const MAX_WAIT_MS = 6000;

const queues = () => perProcess("assignment-queues", () => new Map<string, Promise<unknown>>());
const matchings = () => perProcess("subject-matching", () => new LRUCache<string, Matching>({ max: 20_000 }));

/**
 * Applies patches to a license's assignments under the lock of its roster, and writes what they changed, the
 * counters and the audit in the same transaction. Patches of one license queue here before they take a connection.
 */
export async function changeAssignments(
  license: string,
  patches: Patch[],
  changer: Changer,
): Promise<Changed> {
  const keys = await dataKeys(license);
  const auditKeys = await dataKeys(INSTALLATION);
  return inTurn(license, () =>
    store().sql.transaction(async (tx) => {
      const [roster] = await tx.query<LockedRoster>(LOCK_ROSTER, [license]);
      if (!roster) throw nothingHere();
      const { row, indexOf } = await loadSeats(tx, license, patches, changer, keys);
      await refuseBehind(license, changer.base ?? null, roster);
      const definition = await currentDefinition(license, row.definition_id, tx);
      const outcome = applyPatches(seatsOf(row, roster, definition, keys, changer), patches, {
        source: changer.source,
        now: changer.now,
        indexOf,
        newInstance,
        takesBack: changer.takesBack,
        follows: changer.follows,
      });
      if (changer.allOrNothing) refuseRejected(outcome.answers);
      await saveChanges(tx, license, roster, outcome, changer, { keys, auditKeys });
      const { answers, changes } = outcome;
      return { answers, changes, version: roster.version, live: row.live ?? {}, license: row };
    }),
  );
}

const REASONS: Record<RejectionCode, string> = {
  UNKNOWN_LICENSE: "The change names another license.",
  INVALID_INSTANCE: "The instance can't be read. Send the number that the seat was answered with, or none.",
  INVALID_ITEM: "A value can't be read. `auto` is true or false.",
  INVALID_SUBJECT:
    "The subject is empty, too long, or has control characters, invisible characters or several spaces in a row. Write DOMAIN\\user, or the sub of your identity provider.",
  INVALID_TIMESTAMP: "A time can not be read. Write it as in RFC 3339.",
  UNKNOWN_ALLOTMENT: "This license has no such allotment.",
  NOT_ASSIGNABLE: "This allotment counts minutes, not people. Choose one that has seats.",
  LICENSE_NOT_VALID: "This license is not valid now. An issuer can extend it in its definition.",
  AUTO_ASSIGN_OFF: "Automatic assignment is switched off for this allotment.",
  NO_AVAILABLE_UNITS:
    "Every seat of this allotment is taken. Release one, or raise the units in the definition.",
};

function refuseRejected(answers: Answer[]): void {
  const refused = answers.find(({ rejection }) => rejection !== "");
  if (!refused?.rejection) return;
  const { rejection: code, patch } = refused;
  const hidden = code === "INVALID_SUBJECT" ? hiddenIn(patch.subject) : null;
  throw new Refusal(code, hidden ? hiddenInWords(hidden) : REASONS[code]);
}

/** One after the other per license; a failure does not hold up the next, and nobody waits for ever. */
function inTurn<T>(license: string, work: () => Promise<T>): Promise<T> {
  const before = queues().get(license) ?? Promise.resolve();
  const since = performance.now();
  const start = () => {
    if (performance.now() - since > MAX_WAIT_MS) throw tooLate();
    return work();
  };
  const mine = before.then(start, start);
  const settled = mine.catch(() => {});
  queues().set(license, settled);
  void settled.then(() => {
    if (queues().get(license) === settled) queues().delete(license);
  });
  return mine;
}

function tooLate(): Refusal {
  const sentence = "The changes before it took too long. Nothing was changed; send it again later.";
  return new Refusal("OVERLOADED", sentence, { retryAfter: 5 });
}

/** Loads what the patches may meet. How subjects compare is read with it; if that was guessed wrong, it loads again. */
async function loadSeats(tx: Query, license: string, patches: Patch[], changer: Changer, keys: DataKeys) {
  const guess = matchings().get(license) ?? "folded";
  const first = await loadMatched(tx, license, patches, changer, keys, guess);
  const real = first.row.subject_matching;
  matchings().set(license, real);
  return real === guess ? first : loadMatched(tx, license, patches, changer, keys, real);
}

async function loadMatched(
  tx: Query,
  license: string,
  patches: Patch[],
  { caller, takesBack }: Changer,
  keys: DataKeys,
  matching: Matching,
) {
  const indexOf = (subject: string) => mac(keys.mac, subjectKey(subject, matching)).toString("hex");
  const { instances, lookups } = patchKeys(patches, indexOf, takesBack);
  const wanted = [
    license,
    instances,
    lookups.map(({ allotment }) => allotment),
    lookups.map(({ index }) => index),
  ];
  if (caller) {
    const { jti, kid } = caller.key;
    const [row] = await tx.query<SeatsRow & Admission>(LOAD_SEATS, [
      ...wanted,
      jti,
      kid,
      caller.source,
      caller.product,
    ]);
    admit(row);
    if (row) return { row, indexOf };
  }
  const [row] = await tx.query<SeatsRow>(LOAD_SEATS_AS_ADMIN, wanted);
  if (!row) throw nothingHere();
  return { row, indexOf };
}

function seatsOf(
  row: SeatsRow,
  roster: LockedRoster,
  definition: Definition,
  keys: DataKeys,
  { now, caller }: Changer,
) {
  const offered = caller ? definitionFor(definition, row.scope ?? null) : definition;
  const touched = (row.touched ?? []).map((each) => openAssignment(row.license, keys, each));
  const switches = [
    ["professional", row.auto_assign_professional],
    ["analyzer", row.auto_assign_analyzer],
  ] as const;
  return {
    license: row.license,
    version: roster.version,
    accepts: acceptsAssignments(definition.valid, now, row.grace_days),
    autoAssign: new Set<string>(switches.flatMap(([name, on]) => (on ? [name] : []))),
    pools: poolsOf(offered, row.live ?? {}, now),
    hidden: new Set(row.hidden),
    touched: touched.filter(({ deleted }) => !caller || !deleted || !isOverdue(deleted, now)),
  };
}

export function poolsOf(definition: Definition, live: Record<string, number>, now: Date): Map<string, Pool> {
  return new Map(
    definition.allotments.map((allotment) => {
      const key = nameKey(allotment.name);
      const pool = {
        name: allotment.name,
        class: allotment.usage.class,
        units: unitsInForce(allotment, now),
      };
      return [key, { ...pool, live: live[key] ?? 0 }];
    }),
  );
}

/** 63 random bits, never 0, as decimal text. */
function newInstance(): string {
  const random = randomBytes(8).readBigUInt64BE() >> 1n;
  return random === 0n ? newInstance() : random.toString();
}
