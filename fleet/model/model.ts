// The product protocol of one license as the contract describes it, in memory and without any code of the server: what
// each request must be answered. Only what the simulation uses is here.
import { type LeaseKey, MinuteModel } from "./minute-model";
import { SeatModel } from "./seat-model";
import { type AllotmentTerms, type Fields, isLog } from "./terms";

/** What is expected of a reply: fields that must be as here. Other fields may be there too. */
export type Expected = { status: number; body?: Fields };

export type Terms = { license: string; pools: Map<string, AllotmentTerms>; isBounded: boolean; salt: string };
/** How far a deployment of another product got with its request to join. */
export type Guest = "unknown" | "waiting" | "accepted" | "rejected" | "withdrawn";

export class Model {
  /** The log's epoch; null until a reply tells the new one. */
  epoch: string | null = null;
  isSuspended = false;
  /** Whether the server is an earlier one, and nobody has proved it yet. */
  isBehind = false;
  /** Marks that were sent with bases, with the epoch and version that they prove. */
  private marks = new Map<string, string>();
  /** Deployments of a product that isn't the license's own, by source. */
  guests = new Map<string, Guest>();
  seats: SeatModel;
  minutes: MinuteModel;

  constructor(readonly terms: Terms) {
    const { license, pools, isBounded, salt } = terms;
    this.seats = new SeatModel(license, pools, salt);
    this.minutes = new MinuteModel(pools, isBounded);
  }

  /** Takes a request of a proven key that arrives at `now`, and returns what must be answered. */
  take(path: string, body: Fields, now: Date): Expected {
    const [call = "", query = ""] = path.split("?");
    const asked = new URLSearchParams(query);
    if (call === "/.well-known/jwks.json") return { status: 200 };
    if (this.isSuspended) return { status: 403, body: { code: "LICENSE_SUSPENDED" } };
    if (isLog(call)) return { status: 200, body: this.upload(body, now) };
    const code = this.guestRefusal(call, body.source ?? asked.get("source"));
    if (code) return { status: 403, body: { code } };
    if (call === "/v1/assignments/sync") return { status: 200, body: this.sync(body, now) };
    if (call !== "/v1/consumption") return { status: 200 };
    if (body.consumption) return { status: 200, body: this.minutes.report(body, now) };
    return { status: 200, body: this.minutes.read(asked.get("month") ?? "") };
  }

  /** Takes the new lines of an offline log, up to `last` if the server died while it took them. */
  upload({ header, lines }: Fields, now: Date, last = Number.POSITIVE_INFINITY): Fields {
    const { log, kind } = header;
    const side = kind === "assignments" ? this.seats : this.minutes;
    const { released, ...told } = side.upload(header, lines, now, last);
    const { through, rejected } = told;
    return { log, kind, lines: lines.length, ...told, claims: { through, rejected, released } };
  }

  /** Takes over what only the server can choose: instances, the ids of leases, and the epoch. */
  learn({ bases = [], patches = [], leases = [] }: Fields): void {
    for (const { epoch, version, mark } of bases as Fields[]) {
      this.epoch ??= epoch;
      this.marks.set(mark, `${epoch} ${version}`);
    }
    for (const patch of patches as Fields[]) this.seats.learn(patch);
    for (const lease of leases as (LeaseKey & Fields)[]) this.minutes.learn(lease);
  }

  /** A restore, or a failover that lost the last commits: nobody knows yet what its epoch will be. */
  beginEpoch(now: Date): void {
    this.epoch = null;
    this.isBehind = false;
    this.minutes.hold(now);
  }

  copy(): Model {
    const { terms, epoch, isSuspended, guests, seats, minutes } = this;
    const copy = new Model(terms);
    return Object.assign(copy, {
      ...{ epoch, isSuspended, guests: new Map(guests) },
      ...{ seats: seats.copy(), minutes: minutes.copy() },
    });
  }

  /** This earlier state, put in force after `later`, whose marks are out in the world. */
  after({ marks }: Model): Model {
    this.isBehind = true;
    this.marks = marks;
    return this;
  }

  /** A guest's first activation asks an admin; until one accepts it, every call of the guest is refused. */
  private guestRefusal(call: string, source: string): string | null {
    const guest = this.guests.get(source) ?? "accepted";
    if (guest === "unknown" && call === "/v1/activations") this.guests.set(source, "waiting");
    if (guest === "accepted") return null;
    return guest === "unknown" || guest === "waiting"
      ? "DUAL_USE_REQUIRED"
      : `DUAL_USE_${guest.toUpperCase()}`;
  }

  private sync({ source, bases = [], patches = [] }: Fields, now: Date): Fields {
    const { license } = this.terms;
    const { seats } = this;
    const sent = (bases as Fields[]).find((base) => base.license === license);
    const isAhead = !sent || sent.version > seats.version;
    if (sent && isAhead && this.marks.get(sent.mark) === `${this.epoch} ${sent.version}`)
      this.beginEpoch(now);
    const isKnown = !isAhead && sent.version > 0 && sent.epoch === this.epoch;
    const answered = seats.sync(patches, source, isKnown ? sent.version : null, now);
    return {
      bases: [{ license, version: seats.version, ...(this.epoch && { epoch: this.epoch }) }],
      ...(isKnown ? { snapshot: undefined } : { snapshot: true }),
      patches: answered,
    };
  }
}
