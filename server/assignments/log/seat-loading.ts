import type { Assignment, Patch } from "@/domain/assignments/assignment";
import { patchKeys } from "@/domain/assignments/assignments";
import { isSubject } from "@/domain/assignments/subject";
import { nothingHere } from "@/domain/refusals/refusal";
import { type AdmissionStatus, admit, type Caller } from "@/server/deployments/admission";
import { callColumns } from "@/server/deployments/call-statement";
import type { DataKeys } from "@/server/secrets/data-keys";
import { mapInBatches } from "@/server/store/in-batches";
import { openAssignment } from "./assignment-rows";
import type { Changer, Query } from "./changer";
import {
  LOAD_ALIASED,
  LOAD_ALIASED_AS_ADMIN,
  LOAD_SEATS,
  LOAD_SEATS_AS_ADMIN,
  type SeatsRow,
} from "./seat-statements";
import {
  isSameMatching,
  likelyMatching,
  type Matching,
  noteMatching,
  spellingIn,
  usersIn,
} from "./subject-matching";

/** The rows by instance, and by allotment with subject index, that patches can touch. */
export type WantedSeats = ReturnType<typeof patchKeys>;
/** What a call wants to read. */
type SeatsCall = { caller: Caller; now: Date } & WantedSeats;
export type CallSeats = SeatsRow & AdmissionStatus & { slot: number };

/** Loads the rows that the patches can touch, with the license's user matching; if that was guessed wrong, it loads again. */
export async function loadSeats(
  tx: Query,
  license: string,
  patches: Patch[],
  changer: Changer,
  keys: DataKeys,
) {
  const guess = likelyMatching(license);
  const first = await loadMatched(tx, license, patches, changer, keys, guess);
  const matching = noteMatching(license, first.row);
  return isSameMatching(matching, guess) ? first : loadMatched(tx, license, patches, changer, keys, matching);
}

async function loadMatched(
  tx: Query,
  license: string,
  patches: Patch[],
  { caller, reverts, now }: Changer,
  keys: DataKeys,
  matching: Matching,
) {
  const spelling = spellingIn(license, keys, matching);
  // The indexes are most of the work of looking many patches up, and each is computed once.
  await mapInBatches(patches, ({ subject }) => isSubject(subject) && spelling.spelledIndexOf(subject));
  const { instances, lookups } = patchKeys(patches, spelling.spelledIndexOf, reverts, spelling.hashOf);
  const named = (row: SeatsRow & Partial<Pick<AdmissionStatus, "scope">>) => ({
    row,
    ...usersIn(row.aliases, spelling),
  });
  if (caller) {
    const [row] = await loadCalls(tx, [{ caller, now, instances, lookups }], matching);
    return named(admit(row));
  }
  const wanted = [instances, lookups.map(({ allotment }) => allotment), lookups.map(({ index }) => index)];
  const load = matching.has_aliases ? LOAD_ALIASED_AS_ADMIN : LOAD_SEATS_AS_ADMIN;
  const [row] = await tx.query<SeatsRow>(load, [license, ...wanted]);
  if (!row) throw nothingHere();
  return named(row);
}

/**
 * Loads the rows that calls can touch, and admits their keys; returns the row of each call in order. Aliases are found
 * only if one of the licenses may have some.
 */
export async function loadCalls(
  tx: Query,
  calls: readonly SeatsCall[],
  { has_aliases }: Pick<Matching, "has_aliases">,
): Promise<(CallSeats | undefined)[]> {
  const instances = calls.flatMap((call, at) =>
    call.instances.map((instance) => ({ slot: at + 1, instance })),
  );
  const lookups = calls.flatMap((call, at) => call.lookups.map((seat) => ({ slot: at + 1, ...seat })));
  const rows = await tx.query<CallSeats>(has_aliases ? LOAD_ALIASED : LOAD_SEATS, [
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

export function openTouched({ license, touched }: SeatsRow, keys: DataKeys): Promise<Assignment[]> {
  return mapInBatches(touched ?? [], (row) => openAssignment(license, keys, row));
}
