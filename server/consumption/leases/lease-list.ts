import { type LeaseState, leaseState, reservedAt } from "@/domain/leases/lease-state";
import { nameKey } from "@/domain/licenses/definition";
import type { Month } from "@/domain/month";
import type { MinuteLease as LeaseRow, Prisma } from "@/prisma/client/client";
import { behind, decodeCursor, type Keyset, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";

/** A reservation of minutes as admins see it. `granted` and `booked` are totals of its run, in minutes. */
export type ListedLease = {
  lease: string;
  source: string;
  run: string;
  allotment: string;
  month: Month;
  granted: number;
  booked: number;
  /** What it keeps from others; nothing once the month has ended. */
  reserved: number;
  since: Date;
  expires: Date;
  lastContact: Date;
  state: LeaseState;
};

/** The most recent first. */
const NEWEST_FIRST: Keyset<Prisma.MinuteLeaseWhereInput> = {
  direction: "desc",
  onKey: (since) => ({ since }),
  onId: (id) => ({ id }),
};

/** The minute leases of a license in a month, newest first. */
export async function listLeases(
  license: string,
  { month, allotment, limit, cursor }: Slice & { month: Month; allotment?: string | undefined },
  now: Date,
): Promise<Page<ListedLease>> {
  const filter = ["leases", license, month, allotment ?? ""];
  const rows = await store().db.minuteLease.findMany({
    where: {
      ...{ license, month },
      ...(allotment === undefined ? {} : { allotment: nameKey(allotment) }),
      ...behind(decodeCursor(cursor, filter), NEWEST_FIRST),
    },
    orderBy: [{ since: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ since, id }) => ({ key: since.toISOString(), id }));
  const names = await namesOf(license);
  const items = page.items.map((row) => listedLease(row, names.get(row.allotment) ?? row.allotment, now));
  return { items, cursor: page.cursor };
}

/** The names of a license's time allotments by their keys. */
async function namesOf(licenseNumber: string): Promise<Map<string, string>> {
  const rows = await store().db.allotment.findMany({ where: { licenseNumber, class: "time" } });
  return new Map(rows.map(({ key, name }) => [key, name]));
}

function listedLease(row: LeaseRow, allotment: string, now: Date): ListedLease {
  const { id, source, run, month, since, expires, lastContact } = row;
  const [granted, booked] = [Number(row.granted), Number(row.booked)];
  return {
    ...{ lease: id, source, run, allotment, month, granted, booked },
    reserved: reservedAt({ granted, booked, month, state: row.state }, now),
    ...{ since, expires, lastContact, state: leaseState(row, now) },
  };
}
