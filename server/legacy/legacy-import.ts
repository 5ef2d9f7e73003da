import { uuidv7 } from "uuidv7";
import type { LegacyLicense } from "@/domain/legacy/legacy-rows";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { LegacyImport as ImportRow } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { createLicenses } from "@/server/licenses/licenses";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { waiveDeadline } from "@/server/store/deadline";
import { noteFailure } from "@/server/store/failures";
import { store } from "@/server/store/store";
import { addControls } from "./control-numbers";
import { judgeLegacyFile } from "./legacy-file";

export type RowRefusal = { row: number; number: string; why: string };

/** The progress of an import. One without progress for a minute was interrupted: the file can be imported again. */
export type LegacyProgress = {
  id: string;
  state: "running" | "done" | "cancelled" | "failed" | "interrupted";
  rows: number;
  created: number;
  already: number;
  refused: number;
  /** The first refused rows. */
  refusals: RowRefusal[];
  started: Date;
  ended: Date | null;
};

type Tally = { created: number; already: number; refused: number; refusals: RowRefusal[] };

/** A license to create, and its row in the file. */
type Todo = { row: number; license: LegacyLicense };

/** This many rows share a transaction; after each the import checks whether it was cancelled. */
const AT_ONCE = 20;
const SHOWN_REFUSALS = 1000;
const SILENT_MS = 60_000;

/** The result that an import of a list would have. */
export type LegacyPlan = Pick<LegacyProgress, "rows" | "already" | "refused" | "refusals"> & {
  creates: number;
};

/** Previews an import: nothing is changed. Refuses a file that can't be read. */
export async function planLegacyImport(file: AsyncIterable<Uint8Array>): Promise<LegacyPlan> {
  let creates = 0;
  const { rows, tally } = await readList(file, () => {
    creates += 1;
  });
  const { already, refused, refusals } = tally;
  return { rows, creates, already, refused, refusals };
}

/**
 * Reads a list of licenses in full, then creates the missing ones, each with its control number, while the caller
 * continues; `ended` never fails. Refuses a file that can't be read before anything is created; rows that can't be
 * read are left out and listed.
 */
export async function startLegacyImport(
  file: AsyncIterable<Uint8Array>,
  actor: Actor,
  clock: () => Date,
): Promise<{ progress: LegacyProgress; ended: Promise<void> }> {
  const todo: Todo[] = [];
  const { rows, tally } = await readList(file, (license, row) => todo.push({ row, license }));
  const now = clock();
  const begun = {
    id: uuidv7(),
    state: "running",
    startedAt: now,
    touchedAt: now,
    byKind: actor.kind,
    by: actor.id,
  };
  // A transaction, so that a repeat of this request finds out that the import has begun.
  const row = await store().db.$transaction((tx) =>
    tx.legacyImport.create({ data: { ...begun, rows, ...tally } }),
  );
  return { progress: progressOf(row, now), ended: create(row.id, todo, tally, actor, clock) };
}

export async function legacyImport(id: string, now: Date): Promise<LegacyProgress> {
  const found = await findLegacyImport(id, now);
  if (!found) throw nothingHere();
  return found;
}

export async function findLegacyImport(id: string, now: Date): Promise<LegacyProgress | null> {
  const row = await store().db.legacyImport.findUnique({ where: { id } });
  return row && progressOf(row, now);
}

/** Cancels the rest of an import; created licenses stay. */
export async function cancelLegacyImport(id: string): Promise<void> {
  const { legacyImport: imports } = store().db;
  const { count } = await imports.updateMany({
    where: { id, state: "running" },
    data: { state: "cancelled" },
  });
  if (count === 0 && (await imports.count({ where: { id } })) === 0) throw nothingHere();
}

/** Counts the rows of a list that need no license, and passes the others on. */
async function readList(
  file: AsyncIterable<Uint8Array>,
  onCreate: (license: LegacyLicense, row: number) => void,
): Promise<{ rows: number; tally: Tally }> {
  waiveDeadline();
  const tally: Tally = { created: 0, already: 0, refused: 0, refusals: [] };
  let rows = 0;
  for await (const part of judgeLegacyFile(file)) {
    rows += part.length;
    for (const row of part) {
      if (row.license) onCreate(row.license, row.row);
      else if (row.outcome === "already") tally.already += 1;
      else refuse(tally, row);
    }
  }
  return { rows, tally };
}

async function create(
  id: string,
  todo: Todo[],
  tally: Tally,
  actor: Actor,
  clock: () => Date,
): Promise<void> {
  try {
    for (let next = 0; next < todo.length; next += AT_ONCE) {
      if (!(await note(id, tally, clock()))) break;
      await createSome(todo.slice(next, next + AT_ONCE), tally, actor, clock());
    }
    await finish(id, tally, actor, clock());
  } catch (error) {
    noteFailure(error, {});
    const data = { state: "failed", ...tally, endedAt: clock() };
    await store()
      .db.legacyImport.updateMany({ where: { id }, data })
      .catch(() => {});
  }
}

/** Creates licenses in one transaction; if one of them is refused each gets its own, so that only that one is left out. */
async function createSome(some: readonly Todo[], tally: Tally, actor: Actor, now: Date): Promise<void> {
  try {
    await createAll(some, actor, now);
    tally.created += some.length;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (some.length > 1) for (const each of some) await createSome([each], tally, actor, now);
    else
      for (const { row, license } of some) refuse(tally, { row, number: license.number, why: error.detail });
  }
}

function createAll(some: readonly Todo[], actor: Actor, now: Date): Promise<void> {
  const wanted = some.map(({ license: { number, customer, definition } }) => ({
    ...definition,
    ...{ number, customer, events: [{ action: "control.imported" as const, object: number }] },
  }));
  return createLicenses(wanted, actor, now, async (tx, written) => {
    const controls = some.flatMap(({ license: { number: license, control } }) => {
      const keys = written.get(license)?.keys;
      return keys ? [{ license, control, keys }] : [];
    });
    await addControls(tx, controls, actor, now);
  });
}

/** Saves the progress; false if the import was cancelled. */
async function note(id: string, tally: Tally, now: Date): Promise<boolean> {
  const { count } = await store().db.legacyImport.updateMany({
    where: { id, state: "running" },
    data: { ...tally, touchedAt: now },
  });
  return count === 1;
}

/** Saves the summary, in the audit too. */
function finish(id: string, tally: Tally, actor: Actor, now: Date): Promise<void> {
  const { created, already, refused } = tally;
  return store().db.$transaction(async (tx) => {
    const { count } = await tx.legacyImport.updateMany({
      where: { id, state: "running" },
      data: { ...tally, state: "done", endedAt: now },
    });
    if (count === 0) await tx.legacyImport.updateMany({ where: { id }, data: { ...tally, endedAt: now } });
    const details = { created, already, refused, cancelled: count === 0 };
    await recordEvents(tx, INSTALLATION, actor, now, [
      { action: "installation.licenses-imported", object: id, details },
    ]);
  });
}

function refuse(tally: Tally, { row, number, why }: RowRefusal): void {
  tally.refused += 1;
  if (tally.refusals.length < SHOWN_REFUSALS) tally.refusals.push({ row, number, why });
}

function progressOf(row: ImportRow, now: Date): LegacyProgress {
  const { id, state, rows, created, already, refused, refusals, startedAt, touchedAt, endedAt } = row;
  const isSilent =
    state === "running" && touchedAt !== null && now.getTime() - touchedAt.getTime() > SILENT_MS;
  return {
    ...{ id, rows, created, already, refused },
    state: isSilent ? "interrupted" : (state as LegacyProgress["state"]), // only this file writes this column
    refusals: refusals as RowRefusal[], // in the form that `refuse` gives them
    started: startedAt,
    ended: endedAt,
  };
}
