import type {
  Change,
  Patch,
  PatchContext,
  PatchResult,
  PatchResults,
  Seats,
} from "@/domain/assignments/assignment";
import { applyMoves, type Move } from "@/domain/assignments/assignment-moves";
import { applyPatches, openDecision } from "@/domain/assignments/assignments";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { rejectionSentence } from "@/domain/refusals/seat-refusals";
import { countShared } from "@/server/checkouts/checkout-shares";
import type { AdmittedLicense } from "@/server/deployments/admission";
import { currentDefinition } from "@/server/licenses/definitions";
import { refuseBehind } from "@/server/restores/restore-marks";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { random } from "@/server/secrets/encryption";
import { mapInBatches } from "@/server/store/in-batches";
import { LOCK_LOG_HEAD } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { saveChanges } from "./assignment-saving";
import { inTurn } from "./assignment-turns";
import type { Changer } from "./changer";
import { reservedOf, seatsOf } from "./license-seats";
import { type LockedLogHead, READ_LOG_HEAD } from "./log-heads";
import { loadSeats, openTouched } from "./seat-loading";

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
/**
 * Applies patches to a license's assignments under the lock of its log head, and saves the changes, the counters and
 * the audit in the same transaction. Patches of one license queue here before they take a connection.
 */
export function changeAssignments(license: string, patches: Patch[], changer: Changer): Promise<Changed> {
  return change(license, patches, changer, async (seats, how, found) => {
    const { decideNext, resultOf } = openDecision(seats, { ...how, dependsOn: changer.dependsOn });
    return resultOf(await mapInBatches(found, decideNext));
  });
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
  const seats = seatsOf(row, logHead.version, definition, await openTouched(row, keys), changer);
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
  decide: (seats: Seats, how: PatchContext, patches: Patch[]) => PatchResults | Promise<PatchResults>,
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
      const seats = seatsOf(row, logHead.version, definition, await openTouched(row, keys), changer);
      const how = { source, now, newInstance, reverts, takesHashes, ...names };
      const outcome = await decide(seats, how, found);
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

/** 63 random bits, never 0, as decimal text. */
export function newInstance(): string {
  const bits = random(8).readBigUInt64BE() >> 1n;
  return bits === 0n ? newInstance() : bits.toString();
}
