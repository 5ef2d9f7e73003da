// The product protocol of one license as the contract describes it, in memory and without any code of the server: what
// each request must be answered. Only what the simulation uses is here.
import { type LeaseKey, MinuteModel } from "./minute-model";
import { type AllotmentTerms, type Fields, keyOf } from "./terms";

/** An assignment. `instance` is null until a reply told it. */
type Row = {
  instance: string | null;
  version: number;
  allotment: string;
  subject: string;
  source: string;
  created: number;
  deleted: string | null;
};

/** What is expected of a reply: fields that must be as here. Other fields may be there too. */
export type Expected = { status: number; body?: Fields };

export class Model {
  rows: Row[] = [];
  version = 0;
  /** The log's epoch; null until a reply tells the new one. */
  epoch: string | null = null;
  isSuspended = false;
  /** Whether the server is an earlier one, and nobody has proved it yet. */
  isBehind = false;
  /** Marks that were sent with bases, with the epoch and version that they prove. */
  private marks = new Map<string, string>();
  minutes: MinuteModel;

  constructor(
    readonly license: string,
    readonly pools: Map<string, AllotmentTerms>,
    isBounded: boolean,
  ) {
    this.minutes = new MinuteModel(pools, isBounded);
  }

  /** Takes a request of a proven key that arrives at `now`, and returns what must be answered. */
  take(path: string, body: Fields, now: Date): Expected {
    const [call, query = ""] = path.split("?");
    if (call === "/.well-known/jwks.json") return { status: 200 };
    if (this.isSuspended) return { status: 403, body: { code: "LICENSE_SUSPENDED" } };
    if (call === "/v1/assignments/sync") return { status: 200, body: this.sync(body, now) };
    if (call !== "/v1/consumption") return { status: 200 };
    if (body.consumption) return { status: 200, body: this.minutes.report(body, now) };
    return { status: 200, body: this.minutes.read(new URLSearchParams(query).get("month") ?? "") };
  }

  /** Takes over what only the server can choose: instances, the ids of leases, and the epoch. */
  learn({ bases = [], patches = [], leases = [] }: Fields): void {
    for (const { epoch, version, mark } of bases as Fields[]) {
      this.epoch ??= epoch;
      this.marks.set(mark, `${epoch} ${version}`);
    }
    for (const { instance, version, rejection } of patches as Fields[]) {
      const row = rejection === "" && this.rows.find((each) => each.version === version);
      if (row) row.instance ??= instance;
    }
    for (const lease of leases as (LeaseKey & Fields)[]) this.minutes.learn(lease);
  }

  /** A restore, or a failover that lost the last commits: nobody knows yet what its epoch will be. */
  beginEpoch(now: Date): void {
    this.epoch = null;
    this.isBehind = false;
    this.minutes.hold(now);
  }

  /** A release by an admin. */
  release(instance: string, now: Date): void {
    const row = this.rows.find((each) => each.instance === instance);
    if (row && !row.deleted) this.free(row, now);
  }

  live(): Row[] {
    return this.rows.filter(({ deleted }) => !deleted);
  }

  copy(): Model {
    const { license, pools, rows, version, epoch, isSuspended, minutes } = this;
    const copy = new Model(license, pools, false);
    return Object.assign(copy, structuredClone({ pools, rows, version, epoch, isSuspended }), {
      minutes: minutes.copy(),
    });
  }

  /** This earlier state, put in force after `later`, whose marks are out in the world. */
  after({ marks }: Model): Model {
    this.isBehind = true;
    this.marks = marks;
    return this;
  }

  private sync({ source, bases = [], patches = [] }: Fields, now: Date): Fields {
    const sent = (bases as Fields[]).find(({ license }) => license === this.license);
    if (sent && sent.version > this.version && this.marks.get(sent.mark) === `${this.epoch} ${sent.version}`)
      this.beginEpoch(now);
    const isAhead = !sent || sent.version > this.version;
    const isKnown = !isAhead && sent.version > 0 && sent.epoch === this.epoch;
    const results = (patches as Fields[]).map((patch) => this.patch(patch, source, now));
    const own = results.flatMap((result) => ("row" in result ? [result.row] : []));
    const answered = new Map(own.map((row) => [row, row.version]));
    const others = this.rows
      .filter((row) => (isKnown ? row.version > sent.version : !row.deleted))
      .filter((row) => answered.get(row) !== row.version)
      .sort((a, b) => a.version - b.version);
    return {
      bases: [{ license: this.license, version: this.version, ...(this.epoch && { epoch: this.epoch }) }],
      ...(isKnown ? { snapshot: undefined } : { snapshot: true }),
      patches: [
        ...results.map((result) => ("row" in result ? this.wire(result.row) : result)),
        ...others.map((row) => this.wire(row)),
      ],
    };
  }

  private patch(patch: Fields, source: string, now: Date): { row: Row } | Fields {
    const known = patch.instance
      ? this.rows.find(({ instance }) => instance === patch.instance)
      : this.lifeOf(patch, source);
    if (patch.deleted || patch.instance) {
      if (!known)
        return { instance: patch.instance, deleted: patch.deleted ?? now.toISOString(), rejection: "" };
      if (patch.deleted && !known.deleted) this.free(known, now);
      return { row: known };
    }
    const pool = this.pools.get(keyOf(patch.allotment));
    if (!pool) return { rejection: "UNKNOWN_ALLOTMENT" };
    if (pool.isTime) return { rejection: "NOT_ASSIGNABLE" };
    const allotment = keyOf(patch.allotment);
    const held = this.live().filter((row) => row.allotment === allotment);
    const same = held.find(({ subject }) => keyOf(subject) === keyOf(patch.subject)) ?? known;
    if (same) return { row: same };
    if (held.length >= pool.units) return { rejection: "NO_AVAILABLE_UNITS" };
    this.version += 1;
    const { subject, created } = patch;
    const added = { instance: null, version: this.version, allotment, subject, source };
    const row: Row = { ...added, created: Date.parse(created), deleted: null };
    this.rows.push(row);
    return { row };
  }

  /** The row that this source added with this `created`. */
  private lifeOf({ allotment, subject, created }: Fields, source: string): Row | undefined {
    return this.rows.find(
      (row) =>
        row.source === source &&
        row.allotment === keyOf(allotment) &&
        keyOf(row.subject) === keyOf(subject) &&
        row.created === Date.parse(created),
    );
  }

  private free(row: Row, now: Date): void {
    this.version += 1;
    Object.assign(row, { version: this.version, deleted: now.toISOString() });
  }

  private wire(row: Row): Fields {
    const { instance, version, allotment, subject, created, deleted } = row;
    const shown = { version, license: this.license, allotment, created: new Date(created).toISOString() };
    const known = instance === null ? {} : { instance };
    if (deleted) return { ...known, ...shown, subject: "", deleted, rejection: "" };
    return { ...known, ...shown, subject, excess: this.isExcess(row) || undefined, rejection: "" };
  }

  /** Rank among the live ones of the allotment, beyond the units in force. */
  private isExcess({ allotment, version }: Row): boolean {
    const units = this.pools.get(allotment)?.units ?? 0;
    return this.live().filter((row) => row.allotment === allotment && row.version < version).length >= units;
  }
}
