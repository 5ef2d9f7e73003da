import { uuidv7 } from "uuidv7";
import type { Definition } from "@/domain/licenses/definition";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { LegacyImport as RunRow } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { waiveDeadline } from "@/server/store/deadline";
import { noteFailure } from "@/server/store/failures";
import { store } from "@/server/store/store";

/** The planned result of a row of a file, counted from 1 as in a spreadsheet. */
export type PlannedRow = {
  row: number;
  number: string;
  customer: string;
  outcome: "create" | "already" | "refused";
  /** The reason for a refusal, or a remark. */
  why: string;
};

/** A planned row with what its license would entitle to, if it can be read. */
export type ShownRow = PlannedRow & { definition?: Definition };

/** A planned row with the license to create. */
export type JudgedRow<Wanted> = PlannedRow & { license?: Wanted };

export type RowRefusal = { row: number; number: string; why: string };

/**
 * The progress of a run that creates the licenses of a file. One without progress for a minute was interrupted: the
 * file can be taken again.
 */
export type RunProgress = {
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

/** The result that a run would have. */
export type RunPlan = Pick<RunProgress, "rows" | "already" | "refused" | "refusals"> & { creates: number };

/** A file, judged part by part, and how some of its licenses are created in one transaction, all or none. */
export type RunSource<Wanted> = {
  rows: AsyncIterable<JudgedRow<Wanted>[]>;
  create(some: readonly Wanted[], actor: Actor, now: Date): Promise<void>;
};

type Tally = { created: number; already: number; refused: number; refusals: RowRefusal[] };

/** A license to create, and its row in the file. */
type Todo<Wanted> = { row: number; number: string; license: Wanted };

/** This many rows share a transaction; after each the run checks whether it was cancelled. */
const AT_ONCE = 20;
const SHOWN_REFUSALS = 1000;
const SILENT_MS = 60_000;

/** Previews a run: nothing is changed. Refuses a file that can't be read. */
export async function planRun(judged: AsyncIterable<JudgedRow<unknown>[]>): Promise<RunPlan> {
  let creates = 0;
  const { rows, tally } = await readAll(judged, () => {
    creates += 1;
  });
  const { already, refused, refusals } = tally;
  return { rows, creates, already, refused, refusals };
}

/**
 * Reads a file in full, then creates the missing licenses while the caller continues; `ended` never fails. Refuses a
 * file that can't be read before anything is created; rows that can't be read are left out and listed.
 */
export async function startRun<Wanted>(
  { rows: judged, create }: RunSource<Wanted>,
  actor: Actor,
  clock: () => Date,
): Promise<{ progress: RunProgress; ended: Promise<void> }> {
  const todo: Todo<Wanted>[] = [];
  const { rows, tally } = await readAll(judged, (license, { row, number }) =>
    todo.push({ row, number, license }),
  );
  const now = clock();
  const begun = {
    id: uuidv7(),
    state: "running",
    startedAt: now,
    touchedAt: now,
    byKind: actor.kind,
    by: actor.id,
  };
  // A transaction, so that a repeat of this request finds out that the run has begun.
  const row = await store().db.$transaction((tx) =>
    tx.legacyImport.create({ data: { ...begun, rows, ...tally } }),
  );
  const work: Work<Wanted> = { id: row.id, create, tally, actor, clock };
  return { progress: progressOf(row, now), ended: createAll(work, todo) };
}

export async function licenseRun(id: string, now: Date): Promise<RunProgress> {
  const found = await findLicenseRun(id, now);
  if (!found) throw nothingHere();
  return found;
}

export async function findLicenseRun(id: string, now: Date): Promise<RunProgress | null> {
  const row = await store().db.legacyImport.findUnique({ where: { id } });
  return row && progressOf(row, now);
}

/** Cancels the rest of a run; created licenses stay. */
export async function cancelLicenseRun(id: string): Promise<void> {
  const { legacyImport: runs } = store().db;
  const { count } = await runs.updateMany({
    where: { id, state: "running" },
    data: { state: "cancelled" },
  });
  if (count === 0 && (await runs.count({ where: { id } })) === 0) throw nothingHere();
}

/** Counts the rows that need no license, and passes the others on. */
async function readAll<Wanted>(
  judged: AsyncIterable<JudgedRow<Wanted>[]>,
  onCreate: (license: Wanted, row: PlannedRow) => void,
): Promise<{ rows: number; tally: Tally }> {
  waiveDeadline();
  const tally: Tally = { created: 0, already: 0, refused: 0, refusals: [] };
  let rows = 0;
  for await (const part of judged) {
    rows += part.length;
    for (const row of part) {
      if (row.license !== undefined) onCreate(row.license, row);
      else if (row.outcome === "already") tally.already += 1;
      else refuse(tally, row);
    }
  }
  return { rows, tally };
}

type Work<Wanted> = {
  id: string;
  create: RunSource<Wanted>["create"];
  tally: Tally;
  actor: Actor;
  clock: () => Date;
};

async function createAll<Wanted>(work: Work<Wanted>, todo: readonly Todo<Wanted>[]): Promise<void> {
  const { id, tally, clock } = work;
  try {
    for (let next = 0; next < todo.length; next += AT_ONCE) {
      if (!(await note(id, tally, clock()))) break;
      await createSome(work, todo.slice(next, next + AT_ONCE), clock());
    }
    await finish(work, clock());
  } catch (error) {
    noteFailure(error, {});
    const data = { state: "failed", ...tally, endedAt: clock() };
    await store()
      .db.legacyImport.updateMany({ where: { id }, data })
      .catch(() => {});
  }
}

/** Creates licenses in one transaction; if one of them is refused each gets its own, so that only that one is left out. */
async function createSome<Wanted>(
  work: Work<Wanted>,
  some: readonly Todo<Wanted>[],
  now: Date,
): Promise<void> {
  const { create, tally, actor } = work;
  try {
    await create(
      some.map(({ license }) => license),
      actor,
      now,
    );
    tally.created += some.length;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (some.length > 1) for (const each of some) await createSome(work, [each], now);
    else for (const { row, number } of some) refuse(tally, { row, number, why: error.detail });
  }
}

/** Saves the progress; false if the run was cancelled. */
async function note(id: string, tally: Tally, now: Date): Promise<boolean> {
  const { count } = await store().db.legacyImport.updateMany({
    where: { id, state: "running" },
    data: { ...tally, touchedAt: now },
  });
  return count === 1;
}

/** Saves the summary, in the audit too. */
function finish({ id, tally, actor }: Work<never>, now: Date): Promise<void> {
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

function progressOf(row: RunRow, now: Date): RunProgress {
  const { id, state, rows, created, already, refused, refusals, startedAt, touchedAt, endedAt } = row;
  const isSilent =
    state === "running" && touchedAt !== null && now.getTime() - touchedAt.getTime() > SILENT_MS;
  return {
    ...{ id, rows, created, already, refused },
    state: isSilent ? "interrupted" : (state as RunProgress["state"]), // only this file writes this column
    refusals: refusals as RowRefusal[], // in the form that `refuse` gives them
    started: startedAt,
    ended: endedAt,
  };
}
