import { dayOf } from "@/domain/month";
import type { ReclaimReason } from "@/domain/reclaim/seat-use";
import { openSeats } from "@/server/assignments/lists/open-seats";
import { dataKeys } from "@/server/secrets/data-keys";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";
import { openedUser } from "./released-users";
import { type ReclaimRun, runIn, runRow } from "./run-rows";

/** A seat of a run. Its user is null once the name is deleted: with a release by others, or when the undo ends. */
export type RunSeat = {
  instance: string;
  subject: string | null;
  reason: ReclaimReason;
  /** The UTC day since which nobody used it, and that of its last use. */
  since: string;
  lastUsed: string | null;
  /** `released`, or why it stayed; null until the run ends. */
  result: string | null;
  restored: boolean;
};

/** The runs of a license, newest first. */
export async function listRuns(license: string, { limit, cursor }: Slice): Promise<Page<ReclaimRun>> {
  const filter = ["reclaim-runs", license];
  const rows = await store().db.reclaimRun.findMany({
    where: { license, id: { lt: decodeCursor(cursor, filter)?.id } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ id }) => ({ key: null, id }));
  const nameOf = await allotmentNames(license);
  return { items: page.items.map((row) => runIn(row, nameOf)), cursor: page.cursor };
}

/** One run with its seats, the longest unused first. */
export async function runWithSeats(license: string, id: string): Promise<ReclaimRun & { items: RunSeat[] }> {
  const row = await runRow(store().db, license, id);
  const seats = await store().db.reclaimSeat.findMany({
    where: { run: id },
    orderBy: [{ quietSince: "asc" }, { instance: "asc" }],
  });
  const keys = await dataKeys(license);
  const opened = await openSeats(
    license,
    seats.map(({ instance }) => String(instance)),
  );
  const live = new Map(opened.map(({ instance, subject }) => [instance, subject]));
  const items = seats.map(({ instance: seat, reason, quietSince, lastUsed, result, subject, restoredAt }) => {
    const instance = String(seat);
    const kept = subject && openedUser(keys, { license, run: id, instance }, subject);
    return {
      ...{ instance, subject: kept ?? live.get(instance) ?? null, reason: reason as ReclaimReason },
      ...{ since: dayOf(quietSince), lastUsed: lastUsed && dayOf(lastUsed) },
      ...{ result, restored: restoredAt !== null },
    };
  });
  return { ...runIn(row, await allotmentNames(license)), items };
}

async function allotmentNames(license: string): Promise<(key: string) => string> {
  const rows = await store().db.allotment.findMany({ where: { licenseNumber: license } });
  const names = new Map(rows.map(({ key, name }) => [key, name]));
  return (key) => names.get(key) ?? key;
}
