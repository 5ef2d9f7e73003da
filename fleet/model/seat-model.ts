import { createHmac } from "node:crypto";
import { type AllotmentTerms, type Fields, keyOf } from "./terms";

/** An assignment. `instance` is null until a reply told it; `rank` is the version of its add. */
type Row = {
  instance: string | null;
  version: number;
  rank: number;
  allotment: string;
  subject: string;
  source: string;
  created: number;
  deleted: string | null;
};
/** A log that was uploaded: the rejected lines, and the rows that lines took. */
type Log = { through: number; rejected: Fields[]; taken: { sequence: number; row: Row }[] };

/** The assignments of one license, in the order of its log. */
export class SeatModel {
  rows: Row[] = [];
  version = 0;
  private logs = new Map<string, Log>();

  constructor(
    readonly license: string,
    readonly pools: Map<string, AllotmentTerms>,
    private readonly salt: string,
  ) {}

  copy(): SeatModel {
    const { license, pools, salt, rows, version, logs } = this;
    return Object.assign(new SeatModel(license, structuredClone(pools), salt), {
      ...structuredClone({ rows, logs }),
      version,
    });
  }

  live(): Row[] {
    return this.rows.filter(({ deleted }) => !deleted);
  }

  /** A release of a seat that nobody has is answered with the version that was sent, which is another row's. */
  learn({ instance, version, created, deleted = null, rejection }: Fields): void {
    const row = rejection === "" && this.rows.find((each) => each.version === version);
    const isIt = row && row.created === Date.parse(created) && !row.deleted === !deleted;
    if (isIt) row.instance ??= instance;
  }

  /** A release by an admin. */
  release(instance: string, now: Date): void {
    const row = this.rows.find((each) => each.instance === instance);
    if (row && !row.deleted) this.free(row, now);
  }

  /** Takes the patches of a sync, and returns what is answered: their results, and what `since` doesn't know yet. */
  sync(patches: Fields[], source: string, since: number | null, now: Date): Fields[] {
    const results = patches.map((patch) => {
      const result = this.patch(patch, source, now);
      return "row" in result ? { ...result, shown: { ...result.row } as Row } : result;
    });
    const answered = new Map(
      results.flatMap((each) => ("row" in each ? [[each.row, each.shown.version]] : [])),
    );
    const others = this.rows
      .filter((row) => (since === null ? !row.deleted : row.version > since))
      .filter((row) => answered.get(row) !== row.version)
      .sort((a, b) => a.version - b.version);
    return [
      ...results.map((result) => ("row" in result ? this.wire(result.shown) : result)),
      ...others.map((row) => this.wire(row)),
    ];
  }

  /** Decides the lines of an offline log that are new up to `last`, and returns what of it a reply tells. */
  upload({ log: id, source }: Fields, lines: Fields[], now: Date, last: number): Fields {
    const log = this.logs.get(id) ?? { through: 0, rejected: [], taken: [] };
    this.logs.set(id, log);
    const fresh = lines.filter(({ sequence }) => sequence > log.through && sequence <= last);
    const taken = new Map<Row, number>();
    for (const patch of fresh.map((line) => ({ ...line, subject: this.userOf(line) }) as Fields)) {
      const result = this.patch(patch, source, now);
      if (!("row" in result)) {
        if (result.rejection) log.rejected.push({ sequence: patch.sequence, rejection: result.rejection });
      } else if (patch.deleted) {
        taken.delete(result.row);
        log.taken = log.taken.filter(({ row }) => row !== result.row);
      } else taken.set(result.row, patch.sequence);
      log.through = patch.sequence;
    }
    log.taken.push(...[...taken].map(([row, sequence]) => ({ sequence, row })));
    const lost = log.taken.filter(({ row }) => row.deleted).map(({ sequence }) => sequence);
    const { through, rejected } = log;
    return { through, rejected, released: lost.sort((a, b) => a - b), new: fresh.length };
  }

  /** The seats that a log's deployment still has, each as its allotment and the hash of its user. */
  heldBy(log: string): string[] {
    const rows = new Set(this.logs.get(log)?.taken.map(({ row }) => row));
    return [...rows].filter(({ deleted }) => !deleted).map((row) => `${row.allotment} ${this.hashOf(row)}`);
  }

  hashOf({ subject }: { subject: string }): string {
    const [, hash] = subject.split("hash:");
    return hash ?? createHmac("sha256", Buffer.from(this.salt, "hex")).update(keyOf(subject)).digest("hex");
  }

  /** The user of a line: a hash stands for the user who has a seat, first of all the line's own. */
  private userOf({ subject: hash, allotment }: Fields): string {
    const seats = this.live().filter((row) => this.hashOf(row) === hash);
    const own = seats.find((row) => row.allotment === keyOf(allotment));
    const named = seats.findLast(({ subject }) => !subject.startsWith("hash:"));
    return (own ?? named)?.subject ?? `hash:${hash}`;
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
    const held = this.live().filter(({ allotment }) => allotment === keyOf(patch.allotment));
    const same = held.find(({ subject }) => keyOf(subject) === keyOf(patch.subject)) ?? known;
    if (same) return { row: same };
    const hashed = held.find(({ subject }) => subject === `hash:${this.hashOf(patch as Row)}`);
    if (hashed) return { row: Object.assign(hashed, { subject: patch.subject, version: ++this.version }) };
    return held.length < pool.units ? { row: this.add(patch, source) } : { rejection: "NO_AVAILABLE_UNITS" };
  }

  private add({ allotment, subject, created }: Fields, source: string): Row {
    this.version += 1;
    const place = { allotment: keyOf(allotment), subject, source, created: Date.parse(created) };
    const row: Row = { instance: null, version: this.version, rank: this.version, ...place, deleted: null };
    this.rows.push(row);
    return row;
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

  /** Beyond the units in force, by rank among the live ones of the allotment. */
  private isExcess({ allotment, rank }: Row): boolean {
    const units = this.pools.get(allotment)?.units ?? 0;
    return this.live().filter((row) => row.allotment === allotment && row.rank < rank).length >= units;
  }
}
