import { randomUUID } from "node:crypto";
import {
  bookOnLease,
  decideLease,
  freeIn,
  type MinuteLease,
  NO_LEASE,
  released,
  reservedBy,
} from "@/domain/leases/lease-rules";

const BLOCK = 6;
const HOUR = 3_600_000;

type Known = { id: string; place: string; lease: MinuteLease };
type Asked = {
  source: unknown;
  run: unknown;
  item: Record<string, unknown>;
  isOn: boolean;
  cap: number | null;
  total: number;
  now: Date;
};

/** The minutes that a backend in memory has reserved. */
export class TestLeases {
  leaseHours = 12;
  isHeld = false;
  /** Minutes that somebody else holds. */
  elsewhere = 0;
  /** Minutes that no lease paid. */
  unleased = 0;
  private readonly known = new Map<string, Known>();

  /** All leases, in the order in which they were made. */
  all(): MinuteLease[] {
    return [...this.known.values()].map(({ lease }) => lease);
  }

  /** An admin releases all that is held. */
  release(): void {
    for (const each of this.known.values()) each.lease = { ...each.lease, ...released(each.lease) };
  }

  /** It went back to a time before all of them. */
  forget(): void {
    this.known.clear();
  }

  book(id: unknown, minutes: number): void {
    const found = [...this.known.values()].find((each) => each.id === id);
    const { lease, unleased } = bookOnLease(found?.lease ?? NO_LEASE, minutes);
    this.unleased += found ? unleased : minutes;
    if (found) found.lease = lease;
  }

  answer({ source, run, item, isOn, cap, total, now }: Asked) {
    const { id, allotment, month } = item;
    if (!isOn) return { id, error: { code: "LEASES_OFF", detail: "Off." } };
    const place = `${allotment} ${month}`;
    const key = `${source} ${run} ${place}`;
    const before = this.known.get(key);
    const terms = { now, isLicenseOver: false, isHeld: this.isHeld };
    const totals = { ...this.totalsOf(place, total), cap };
    const request = { lease: null, granted: null, ...item } as unknown as Parameters<typeof decideLease>[1];
    const { lease, error, reason } = decideLease(before?.lease ?? null, request, totals, terms);
    const known = { id: before?.id ?? randomUUID(), place, lease };
    if (before || !error) this.known.set(key, known);
    const after = { ...this.totalsOf(place, total), cap };
    const { granted, booked, sequence } = lease;
    const values = {
      id,
      lease: known.id,
      allotment,
      month,
      sequence,
      granted: cap === null ? null : granted,
      booked,
    };
    const expires = new Date(now.getTime() + this.leaseHours * HOUR).toISOString();
    const sums = { total, reserved: after.reserved, cap, free: freeIn(after), expires };
    if (error) return { ...values, ...sums, error: { code: error, detail: `It says ${error}.` } };
    return { ...values, ...sums, ...(reason ? { reason } : {}) };
  }

  private totalsOf(place: string, total: number) {
    const mine = [...this.known.values()].filter((each) => each.place === place);
    const reserved = this.elsewhere + mine.reduce((sum, { lease }) => sum + reservedBy(lease), 0);
    return { total, reserved, open: mine.length, block: BLOCK };
  }
}
