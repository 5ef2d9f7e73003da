import { type AllotmentTerms, type Fields, isAhead, isOver, keyOf, monthKeyOf } from "./terms";

/** The lease of a run in one month of an allotment, all in minutes. `id` is null until a reply told it. */
type Lease = LeaseKey & {
  id: string | null;
  sequence: number;
  asked: string;
  granted: number;
  booked: number;
  isCopied: boolean;
  isSuperseded: boolean;
};
export type LeaseKey = { allotment: string; month: string; source: string; run: string };

/** A restore is followed by a hold as long as the longest lease, in hours. */
const HOLD_HOURS = 12;

/** The minutes of one license: the totals of each month, the sequences that were counted, and the leases. */
export class MinuteModel {
  private totals = new Map<string, number>();
  private sequences = new Map<string, number>();
  private leases: Lease[] = [];
  /** The last line of each offline log that was booked. */
  private logs = new Map<string, number>();
  private heldUntil = 0;

  constructor(
    private readonly pools: Map<string, AllotmentTerms>,
    private readonly isBounded: boolean,
  ) {}

  copy(): MinuteModel {
    const copy = new MinuteModel(this.pools, this.isBounded);
    const { totals, sequences, leases, logs, heldUntil } = this;
    return Object.assign(copy, structuredClone({ totals, sequences, leases, logs, heldUntil }));
  }

  hold(now: Date): void {
    this.heldUntil = now.getTime() + HOLD_HOURS * 3_600_000;
  }

  total(allotment: string, month: string): number {
    return this.totals.get(monthKeyOf(allotment, month)) ?? 0;
  }

  learn({ lease: id, allotment, month, run, source }: LeaseKey & { lease?: string }): void {
    const lease = id && this.leases.find((each) => isAt(each, { allotment, month, run, source }));
    if (lease) lease.id ??= id;
  }

  /** Books the lines of an offline log that are new up to `last`, and returns what of it a reply tells. */
  upload({ log }: Fields, lines: Fields[], _: Date, last: number): Fields {
    const known = this.logs.get(log) ?? 0;
    const fresh = lines.filter(({ sequence }) => sequence > known && sequence <= last);
    for (const { allotment, month, minutes } of fresh) this.add(monthKeyOf(allotment, month), minutes);
    const through = fresh.at(-1)?.sequence ?? known;
    this.logs.set(log, through);
    return { through, rejected: [], released: [], new: fresh.length };
  }

  report({ source, run, consumption, leases }: Fields, now: Date): Fields {
    const counted = (consumption as Fields[]).map((element) => this.book(element, source, now));
    return {
      consumption: (consumption as Fields[]).map((element, nth) => {
        if (isAhead(element.month, now)) return { id: element.id, error: { code: "MONTH_IN_FUTURE" } };
        const sequence = this.sequences.get(`${monthKeyOf(element.allotment, element.month)} ${source}`);
        return {
          id: element.id,
          ...this.standing(element.allotment, element.month),
          duplicate: !counted[nth],
          sequence,
        };
      }),
      ...(leases && {
        leases: (leases as Fields[]).map((item) => this.decide({ ...item, source, run }, now)),
      }),
    };
  }

  read(month: string): Fields {
    const times = [...this.pools].filter(([, { isTime }]) => isTime);
    return { consumption: times.map(([allotment]) => this.standing(allotment, month)) };
  }

  /** Whether an element was counted: one with a sequence that was counted before isn't. */
  private book(
    { allotment, month, consumption, sequence, lease: id }: Fields,
    source: string,
    now: Date,
  ): boolean {
    const place = monthKeyOf(allotment, month);
    if (isAhead(month, now)) return false;
    const isNew = sequence > (this.sequences.get(`${place} ${source}`) ?? 0);
    if (!isNew) return false;
    this.sequences.set(`${place} ${source}`, sequence);
    this.add(place, consumption);
    const lease = this.leases.find(
      (each) => id && each.id === id && each.source === source && isIn(each, place),
    );
    if (lease) {
      lease.booked += consumption;
      lease.granted = Math.max(lease.granted, lease.booked);
    }
    return true;
  }

  private add(place: string, minutes: number): void {
    this.totals.set(place, (this.totals.get(place) ?? 0) + minutes);
  }

  private standing(allotment: string, month: string): Fields {
    const { units: quota = 0, overage = 0 } = this.pools.get(keyOf(allotment)) ?? {};
    const total = this.total(allotment, month);
    const remaining = Math.max(0, quota + overage - total);
    return { allotment, month, total, quota, overage, remaining, denied: remaining === 0 };
  }

  private decide(item: Fields, now: Date): Fields {
    const { allotment, month } = item;
    if (!this.isBounded) return { id: item.id, error: { code: "LEASES_OFF" } };
    if (isOver(month, now) || isAhead(month, now)) return { id: item.id, error: { code: "MONTH_CLOSED" } };
    const known = this.leases.find((each) => isAt(each, item as LeaseKey));
    const lease = known ?? newLease(item as LeaseKey);
    const result = this.change(lease, item, { isNew: !known, now });
    const [total, reserved, cap] = [
      this.total(allotment, month),
      this.reserved(allotment, month),
      this.cap(allotment),
    ];
    const { granted, booked, sequence } = lease;
    const values = { id: item.id, allotment, month, sequence, granted, booked, total, reserved, cap };
    const answer = { ...values, free: Math.max(0, cap - total - reserved) };
    if (result === "HOLD") return { ...answer, reason: result };
    return result ? { ...answer, error: { code: result } } : answer;
  }

  /** The steps of a request, in the order of the contract. Returns a refusal, or why nothing was added. */
  private change(lease: Lease, item: Fields, { isNew, now }: { isNew: boolean; now: Date }): string | null {
    const { sequence, used, want, reported } = item;
    const asked = JSON.stringify([used, reported, want, item.lease ?? null, item.granted ?? null]);
    if (sequence < lease.sequence) return "SEQUENCE_BEHIND";
    const isSame = sequence === lease.sequence;
    if (isSame && asked === lease.asked) return null;
    if (lease.isCopied || isSame || used < lease.booked) {
      lease.isCopied = true;
      return "RUN_COPIED";
    }
    const open = this.open(lease);
    Object.assign(lease, { sequence, asked });
    const reason = now.getTime() < this.heldUntil ? this.adopt(lease, item) : null;
    const isUnknown = isNew && (item.lease || item.granted > 0);
    const target = used + want;
    if (isNew) this.begin(lease);
    if (target <= lease.granted) lease.granted = Math.max(target, lease.booked);
    else if (reason) return reason;
    else if (!isUnknown) lease.granted += this.addition(lease, target - lease.granted, open);
    return null;
  }

  /** During a hold a run keeps what it proves to hold, at most the cap. */
  private adopt(lease: Lease, { reported, granted }: Fields): string {
    const cap = this.cap(lease.allotment);
    const booked = Math.max(lease.booked, Math.min(reported, cap));
    const place = monthKeyOf(lease.allotment, lease.month);
    this.add(place, booked - lease.booked);
    lease.granted = Math.max(lease.granted, booked, Math.min(granted ?? 0, cap));
    lease.booked = booked;
    return "HOLD";
  }

  private addition({ allotment, month }: Lease, wish: number, open: number): number {
    const block = this.pools.get(keyOf(allotment))?.block ?? 1;
    const free = Math.max(
      0,
      this.cap(allotment) - this.total(allotment, month) - this.reserved(allotment, month),
    );
    const whole = (minutes: number) => Math.floor(minutes / block) * block;
    return Math.min(wish, whole(free), whole(Math.max(block, free / (1 + open))));
  }

  /** A run that asks for the first time supersedes the earlier ones of its source. */
  private begin(lease: Lease): void {
    for (const other of this.leases)
      if (other.source === lease.source && isIn(other, monthKeyOf(lease.allotment, lease.month)))
        other.isSuperseded = true;
    this.leases.push(lease);
  }

  private open({ allotment, month }: LeaseKey): number {
    return this.leases.filter((each) => isIn(each, monthKeyOf(allotment, month)) && !each.isSuperseded)
      .length;
  }

  private reserved(allotment: string, month: string): number {
    return this.leases
      .filter((each) => isIn(each, monthKeyOf(allotment, month)))
      .reduce((sum, { granted, booked }) => sum + granted - booked, 0);
  }

  private cap(allotment: string): number {
    const { units = 0, overage = 0 } = this.pools.get(keyOf(allotment)) ?? {};
    return units + overage;
  }
}

function newLease({ allotment, month, source, run }: LeaseKey): Lease {
  const nothing = { id: null, sequence: 0, asked: "", granted: 0, booked: 0 };
  return { allotment, month, source, run, ...nothing, isCopied: false, isSuperseded: false };
}

function isIn({ allotment, month }: LeaseKey, place: string): boolean {
  return monthKeyOf(allotment, month) === place;
}

function isAt(lease: LeaseKey, { allotment, month, source, run }: LeaseKey): boolean {
  return lease.run === run && lease.source === source && isIn(lease, monthKeyOf(allotment, month));
}
