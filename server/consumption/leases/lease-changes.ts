import { type MinuteLease, NO_LEASE, reservedBy } from "@/domain/leases/lease-rules";
import type {
  MonthKey,
  Recovered,
  RunKey,
  SourceKey,
  StoredLease,
  StoredTotals,
  TotalsChange,
} from "./lease-statements";

/** What a restored server took over from a run, for the audit. */
export type Adoption = { license: string; lease: string; details: Record<string, unknown> };

/** The leases and the totals of months in one transaction: as they were loaded, and with every decision applied. */
export type LeaseChanges = {
  byId: Map<string, StoredLease>;
  byRun: Map<string, StoredLease>;
  /** The ids of the leases of each source in a month. */
  bySource: Map<string, Set<string>>;
  totals: Map<string, StoredTotals>;
  changed: Map<string, StoredLease & { isNew: boolean }>;
  moves: Map<string, TotalsChange>;
  recovered: Recovered[];
  adoptions: Adoption[];
};

export function changesOf(loaded: {
  leases: readonly StoredLease[];
  totals: readonly StoredTotals[];
}): LeaseChanges {
  const changes: LeaseChanges = {
    ...{ byId: new Map(), byRun: new Map(), bySource: new Map() },
    totals: new Map(loaded.totals.map((row) => [monthKeyText(row), { ...row }])),
    ...{ changed: new Map(), moves: new Map(), recovered: [], adoptions: [] },
  };
  for (const lease of loaded.leases) enter(changes, lease);
  return changes;
}

export function monthKeyText({ license, allotment, month }: MonthKey): string {
  return `${license} ${month} ${allotment}`;
}

export function runText(key: RunKey): string {
  return `${key.run} ${sourceText(key)}`;
}

/** Puts a lease into the changes, and moves the totals of its month. `leased` minutes of it were booked. */
export function putLease(changes: LeaseChanges, lease: StoredLease, leased = 0): void {
  const before = changes.byId.get(lease.id);
  const isNew = changes.changed.get(lease.id)?.isNew ?? before === undefined;
  enter(changes, lease);
  changes.changed.set(lease.id, { ...lease, isNew });
  const reserved = reservedBy(lease) - reservedBy(before ?? NO_LEASE);
  const open = openOf(lease) - (before ? openOf(before) : 0);
  moveTotals(changes, lease, { reserved, leased, open });
}

/** A run that asks for the first time supersedes the earlier ones of its source. */
export function supersedeOthers(changes: LeaseChanges, lease: StoredLease): void {
  for (const id of changes.bySource.get(sourceText(lease)) ?? []) {
    const other = changes.byId.get(id);
    if (other && id !== lease.id && !other.superseded) putLease(changes, { ...other, superseded: true });
  }
}

/** Minutes that are booked without a report. */
export function recover(changes: LeaseChanges, lost: Recovered): void {
  changes.recovered.push(lost);
  const row = changes.totals.get(monthKeyText(lost));
  if (row) row.total += lost.minutes;
}

function enter({ byId, byRun, bySource }: LeaseChanges, lease: StoredLease): void {
  byId.set(lease.id, lease);
  byRun.set(runText(lease), lease);
  const source = sourceText(lease);
  bySource.set(source, (bySource.get(source) ?? new Set()).add(lease.id));
}

function sourceText(key: SourceKey): string {
  return `${monthKeyText(key)} ${key.source}`;
}

function moveTotals(
  { totals, moves }: LeaseChanges,
  { license, allotment, month }: MonthKey,
  by: Pick<TotalsChange, "reserved" | "leased" | "open">,
): void {
  const key = monthKeyText({ license, allotment, month });
  const move = moves.get(key) ?? { license, allotment, month, reserved: 0, leased: 0, open: 0 };
  const { reserved, leased, open } = by;
  moves.set(key, {
    ...move,
    reserved: move.reserved + reserved,
    leased: move.leased + leased,
    open: move.open + open,
  });
  const row = totals.get(key);
  if (!row) return;
  row.reserved += reserved;
  row.open += open;
}

function openOf({ state, superseded }: Pick<MinuteLease, "state"> & { superseded: boolean }): number {
  return state === "released" || superseded ? 0 : 1;
}
