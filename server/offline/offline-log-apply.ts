import type { Patch, PatchResults } from "@/domain/assignments/assignment";
import { nameKey } from "@/domain/licenses/definition";
import { bookingDay, monthOf } from "@/domain/month";
import { hashedSubject } from "@/domain/offline/hashed-subject";
import type { AssignmentLine, ConsumptionLine, LogLine } from "@/domain/offline/offline-log";
import { Refusal } from "@/domain/refusals/refusal";
import { parseTimestamp } from "@/domain/timestamp";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import type { Changer } from "@/server/assignments/log/changer";
import { namedHashes } from "@/server/assignments/log/offline-hashes";
import type { DataKeys } from "@/server/secrets/data-keys";
import { retried, type Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { turnEnd } from "./offline-log-claim";

/** An upload that holds the turn of its log. */
export type Upload = {
  license: string;
  log: string;
  source: string;
  product: string;
  turn: string;
  now: Date;
  actor: Changer["actor"];
};

export type Rejected = { sequence: number; rejection: string };
type Query = Pick<Sql, "query">;

const MOVE = {
  name: "offline_log_move",
  text: `UPDATE offline_log SET through = $5::int, hash = decode($6, 'hex'), last_upload = $7, turn_until = $8::timestamptz
    WHERE license = $1 AND log = $2::uuid AND turn = $3::uuid AND through = $4::int RETURNING log`,
};
const NOTE = {
  name: "offline_log_note",
  text: `
WITH gone AS (
  DELETE FROM offline_seat WHERE license = $1 AND log = $2::uuid AND instance = ANY ($3::bigint[])
), taken AS (
  INSERT INTO offline_seat (license, log, sequence, instance)
  SELECT $1, $2::uuid, sequence, instance FROM unnest($4::int[], $5::bigint[]) AS s(sequence, instance)
)
INSERT INTO offline_rejection (license, log, sequence, code)
SELECT $1, $2::uuid, sequence, code FROM unnest($6::int[], $7::text[]) AS r(sequence, code)`,
};
const ALLOTMENTS = {
  name: "offline_log_allotments",
  text: `SELECT key, class::text FROM allotment WHERE license = $1`,
};
const BOOK = {
  name: "offline_log_book",
  text: `
WITH line AS MATERIALIZED (
  SELECT * FROM unnest($3::text[], $4::text[], $5::date[], $6::bigint[]) AS l(allotment, month, day, minutes)
), counted AS (
  INSERT INTO usage (license, allotment, month, source, consumed)
  SELECT $1, allotment, month, $2, sum(minutes) FROM line GROUP BY allotment, month ORDER BY allotment, month
  ON CONFLICT (license, allotment, month, source) DO UPDATE SET consumed = usage.consumed + excluded.consumed
), total AS (
  INSERT INTO usage_month (license, allotment, month, total)
  SELECT $1, allotment, month, sum(minutes) FROM line GROUP BY allotment, month ORDER BY allotment, month
  ON CONFLICT (license, allotment, month) DO UPDATE SET total = usage_month.total + excluded.total
), daily AS (
  INSERT INTO usage_day (license, allotment, month, day, source, consumed)
  SELECT $1, allotment, month, day, $2, sum(minutes) FROM line GROUP BY allotment, month, day
  ORDER BY allotment, month, day
  ON CONFLICT (license, allotment, month, day, source) DO UPDATE SET consumed = usage_day.consumed + excluded.consumed
)
INSERT INTO usage_late (license, allotment, arrived, month, source, consumed, reports)
SELECT $1, allotment, $7::date, month, $2, sum(minutes), 1 FROM line WHERE month < $8
GROUP BY allotment, month ORDER BY allotment, month
ON CONFLICT (license, allotment, arrived, month, source)
  DO UPDATE SET consumed = usage_late.consumed + excluded.consumed, reports = usage_late.reports + 1`,
};

/** The changer for a deployment's log: its hashes stand for users according to the seats at that moment. */
export function logChanger(upload: Omit<Upload, "turn" | "log">, lines: readonly AssignmentLine[]): Changer {
  const { license, source, product, now, actor } = upload;
  const patchesIn = (tx: Query, { keys }: { keys: DataKeys }) => patchesOf(tx, license, keys, lines);
  return { source, product, now, actor, takesHashes: true, patchesIn };
}

/** Applies some lines of assignments, decided now, in their order. */
export async function applyAssignments(
  upload: Upload,
  through: number,
  lines: readonly AssignmentLine[],
): Promise<Rejected[]> {
  const alongside = async (tx: Query, { answers }: PatchResults) => {
    await moveOn(tx, upload, through, lines);
    await tx.query(NOTE, [upload.license, upload.log, ...notesOf(lines, answers)]);
  };
  const { answers } = await changeAssignments(upload.license, [], {
    ...logChanger(upload, lines),
    alongside,
  });
  return rejectedOf(lines, answers);
}

/** Books some lines of consumption to their months; only allotments that aren't counted in minutes are left out. */
export async function applyConsumption(
  upload: Upload,
  through: number,
  lines: readonly ConsumptionLine[],
): Promise<Rejected[]> {
  return retried(() =>
    store().sql.transaction(async (tx) => {
      await moveOn(tx, upload, through, lines);
      const { booked, rejected } = sorted(lines, await classesOf(tx, upload.license));
      const { license, source, now } = upload;
      const of = <Value>(value: (line: ConsumptionLine) => Value) => booked.map(value);
      if (booked.length > 0)
        await tx.query(BOOK, [
          ...[license, source, of(({ allotment }) => nameKey(allotment)), of(({ month }) => month)],
          of(({ month, at }) => bookingDay(month, parseTimestamp(at) ?? now)),
          of(({ minutes }) => minutes),
          now,
          monthOf(now),
        ]);
      const sequences = rejected.map(({ sequence }) => sequence);
      const codes = rejected.map(({ rejection }) => rejection);
      await tx.query(NOTE, [license, upload.log, [], [], [], sequences, codes]);
      return rejected;
    }),
  );
}

/** The usage class of each allotment key. */
export async function classesOf(sql: Query, license: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ key: string; class: string }>(ALLOTMENTS, [license]);
  return new Map(rows.map((row) => [row.key, row.class]));
}

export function sorted(lines: readonly ConsumptionLine[], classes: ReadonlyMap<string, string>) {
  const rejected: Rejected[] = [];
  const booked = lines.filter(({ sequence, allotment }) => {
    const known = classes.get(nameKey(allotment));
    if (known !== "time") rejected.push({ sequence, rejection: known ? "NOT_METERED" : "UNKNOWN_ALLOTMENT" });
    return known === "time";
  });
  return { booked, rejected };
}

/** The lines that were rejected, each with its code. */
export function rejectedOf(lines: readonly AssignmentLine[], answers: PatchResults["answers"]): Rejected[] {
  return lines.flatMap(({ sequence }, i) => {
    const rejection = answers[i]?.rejection;
    return rejection ? [{ sequence, rejection }] : [];
  });
}

/** Fails if another upload took the turn, and with it everything that this one would write. */
async function moveOn(tx: Query, upload: Upload, through: number, lines: readonly LogLine[]): Promise<void> {
  const last = lines.at(-1);
  const { license, log, turn, now } = upload;
  const values = [license, log, turn, through, last?.sequence, last?.hash, now, turnEnd(now)];
  const moved = await tx.query(MOVE, values);
  if (moved.length === 0)
    throw new Refusal("UPLOAD_RUNNING", "Another upload of this log took over. Upload it again.");
}

async function patchesOf(
  tx: Query,
  license: string,
  keys: DataKeys,
  lines: readonly AssignmentLine[],
): Promise<Patch[]> {
  const hashes = lines.map(({ subject }) => subject.toLowerCase());
  const { seats, users } = await namedHashes(tx, license, keys, hashes);
  return lines.map(({ allotment, created, deleted, auto }, i) => {
    const hash = hashes[i] ?? "";
    const subject = seats.get(`${hash} ${nameKey(allotment)}`) ?? users.get(hash) ?? hashedSubject(hash);
    const patch: Patch = { instance: "", version: 0, license, allotment, subject, created };
    if (deleted) patch.deleted = deleted;
    if (auto) patch.auto = auto;
    return patch;
  });
}

/** The columns that are stored of lines: instances released, seats taken, rejections. */
function notesOf(lines: readonly AssignmentLine[], results: PatchResults["answers"]): unknown[][] {
  const taken = new Map<string, number>();
  const gone = new Set<string>();
  const rejected = rejectedOf(lines, results);
  for (const [i, { sequence, deleted }] of lines.entries()) {
    const instance = results[i]?.row?.instance;
    if (instance && deleted) {
      gone.add(instance);
      taken.delete(instance);
    } else if (instance) taken.set(instance, sequence);
  }
  const seats = [...taken];
  return [
    [...gone],
    seats.map(([, sequence]) => sequence),
    seats.map(([instance]) => instance),
    rejected.map(({ sequence }) => sequence),
    rejected.map(({ rejection }) => rejection),
  ];
}
