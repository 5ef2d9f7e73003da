import fc from "fast-check";
import { expect, test } from "vitest";
import { declaredAlias, removedAlias } from "@/domain/assignments/alias-changes";
import { aliasesOf, userIndexOf } from "@/domain/assignments/aliases";
import type { Assignment, Change, Patch } from "@/domain/assignments/assignment";
import { applyPatches, patchKeys } from "@/domain/assignments/assignments";
import { foldSubject } from "@/domain/assignments/subject";
import { answeredBase, decodeCursor, encodeCursor, page, syncPlan } from "@/domain/assignments/sync";
import { type Local, mergeReply, nextRequest, type Reply } from "@/domain/assignments/sync-client";

const LICENSE = "1234123412341234";
const NOW = new Date("2019-04-20T12:00:00Z");
const PAGE = 2;

type Request = {
  source: string;
  bases: { version: number; epoch?: string }[];
  patches: Patch[];
  after?: string;
};

/** A license's assignments in memory, with the invariants that must hold at every moment. */
class Server {
  units = new Map([
    ["analyzer", 3],
    ["professional", 1],
  ]);
  private rows = new Map<string, Assignment>();
  private ended = new Set<string>();
  private roster = { version: 0, horizon: 0, epoch: "0" };
  private aliases = new Map<string, string>();
  private backup = this.copy();
  private instances = 0;
  private epochs = 0;

  answer({ source, bases, patches, after }: Request): Reply {
    const outcome = applyPatches(this.seats(patches), patches, this.how(source));
    this.saveAll(outcome);
    const own = outcome.answers.map(({ patch, row, rejection }) =>
      row ? onWire(row) : { ...patch, ...(rejection === "" && { deleted: NOW.toISOString() }), rejection },
    );
    const answered = new Map(
      outcome.answers.flatMap(({ row }) => (row ? [[row.instance, row.version] as const] : [])),
    );
    return this.reply(bases[0] ?? null, after, own, answered);
  }

  declare(subject: string, alias: string) {
    const named = [...this.units.keys()].flatMap((allotment) =>
      [subject, alias].map((text) => patchOf({ instance: "", allotment, subject: text, created: "" })),
    );
    const declared = declaredAlias(this.seats(named), { subject, alias }, this.how("admin"));
    if (typeof declared === "string") return;
    this.aliases.set(declared.alias, declared.user);
    this.saveAll(declared);
  }

  undeclare(nth: number) {
    const [alias, user] = [...this.aliases][nth] ?? [];
    if (alias === undefined || user === undefined) return;
    const named = this.live().map((row) => patchOf({ ...row, created: "", lastUsed: "", deleted: "" }));
    const removed = removedAlias(this.seats(named), { alias, user }, this.how("admin"));
    this.aliases.delete(alias);
    this.saveAll(removed);
  }

  /** All subjects that name the holder of a seat. */
  spellingsOf(row: Assignment): string[] {
    const others = [...this.aliases].filter(([, user]) => user === row.index).map(([alias]) => alias);
    return [row.index, ...others];
  }

  backUp() {
    this.backup = this.copy();
  }

  restore() {
    const { rows, ended, roster, aliases } = structuredClone(this.backup);
    this.rows = rows;
    this.ended = ended;
    this.aliases = aliases;
    this.roster = { ...roster, epoch: String(++this.epochs) };
  }

  purge(count: number) {
    const tombstones = this.ordered().filter(({ deleted }) => deleted);
    for (const row of tombstones.slice(0, count)) {
      this.rows.delete(row.instance);
      this.ended.delete(lifeOf(row));
      this.roster.horizon = row.version;
    }
  }

  live() {
    return this.ordered().filter(({ deleted }) => !deleted);
  }

  private copy() {
    const { rows, ended, roster, aliases } = this;
    return structuredClone({ rows, ended, roster, aliases });
  }

  private how(source: string) {
    const pairs = [...this.aliases].map(([alias, user]) => ({ alias, user }));
    const aliases = aliasesOf(pairs, foldSubject);
    const newInstance = () => String(++this.instances);
    return { source, now: NOW, indexOf: userIndexOf(aliases, foldSubject), aliases, newInstance };
  }

  private saveAll({ changes, version }: { changes: Change[]; version: number }) {
    for (const change of changes) this.save(change);
    this.roster.version = version;
    const alone = new Set(this.live().map(({ allotment, index }) => `${allotment} ${index}`));
    expect(alone.size, "seats of each user in an allotment").toBe(this.live().length);
    const held = this.live().filter(({ index }) => this.aliases.has(index));
    expect(held, "seats under an alias").toEqual([]);
  }

  private ordered() {
    return [...this.rows.values()].sort((a, b) => a.version - b.version);
  }

  private seats(patches: Patch[]) {
    const { instances, lookups } = patchKeys(patches, foldSubject);
    const users = new Set(this.aliases.values());
    const isTouched = ({ instance, allotment, index }: Assignment) =>
      instances.includes(instance) ||
      lookups.some(
        (seat) =>
          (seat.allotment === allotment && seat.index === index) ||
          (users.has(index) && (this.aliases.get(seat.index) ?? seat.index) === index),
      );
    const allotments = new Map(
      [...this.units].map(([name, units]) => [
        name,
        {
          name,
          class: "assigned" as const,
          units,
          live: this.live().filter((r) => r.allotment === name).length,
        },
      ]),
    );
    const touched = [...this.rows.values()].filter(isTouched);
    return {
      license: LICENSE,
      version: this.roster.version,
      accepts: true,
      autoAssign: new Set(""),
      pools: allotments,
      touched,
    };
  }

  private save({ kind, row }: Change) {
    this.rows.set(row.instance, row);
    if (kind === "delete") this.ended.add(lifeOf(row));
    if (kind !== "add") return;
    const taken = this.live().filter(({ allotment }) => allotment === row.allotment);
    expect(taken.length, "seats taken by an add").toBeLessThanOrEqual(this.units.get(row.allotment) ?? 0);
    expect(taken.filter(({ index }) => index === row.index).length, "seats of a subject").toBe(1);
    expect(this.ended.has(lifeOf(row)), "a deleted life came back").toBe(false);
  }

  private reply(
    base: { version: number; epoch?: string } | null,
    after: string | undefined,
    own: Reply["patches"],
    answered: ReadonlyMap<string, number>,
  ): Reply {
    const plan = syncPlan(this.roster, base, decodeCursor(after));
    const above = this.ordered().filter(
      ({ version, deleted }) =>
        version > plan.from && version <= plan.to && (plan.mode === "delta" || !deleted),
    );
    const { rows, more } = page(plan, above.slice(0, PAGE + 1), PAGE);
    return {
      bases: [{ license: LICENSE, ...answeredBase(this.roster, base, plan, more) }],
      patches: [
        ...own,
        ...rows.filter(({ instance, version }) => answered.get(instance) !== version).map(onWire),
      ],
      ...(plan.mode === "snapshot" && { snapshot: true }),
      ...(more && { more: encodeCursor(more) }),
    };
  }
}

function onWire({ instance, version, allotment, subject, aliases, created, deleted }: Assignment) {
  const row = { instance, version, license: LICENSE, allotment, subject, created: created.toISOString() };
  const others = aliases && { aliases: [...aliases] };
  return { ...row, ...others, ...(deleted && { deleted: deleted.toISOString() }), rejection: "" };
}

function patchOf(change: Partial<Patch> & Pick<Patch, "instance" | "allotment" | "subject" | "created">) {
  return { version: 0, license: LICENSE, ...change };
}

function lifeOf({ source, allotment, index, created }: Assignment) {
  return [source, allotment, index, created.getTime()].join();
}

/** A deployment on a network that loses, repeats and delays. */
class Deployment {
  private readonly fresh: Local = { base: null, rows: new Map(), outbox: [], paging: null };
  private local = this.fresh;
  private backup = this.fresh;

  constructor(
    readonly source: string,
    private readonly server: Server,
    private readonly delayed: Request[],
  ) {}

  add(allotment: string, subject: string, created: string) {
    this.write({ instance: "", allotment, subject, created });
  }

  remove(allotment: string, subject: string) {
    const isIt = (other: { allotment: string; subject: string }) =>
      other.allotment === allotment && foldSubject(other.subject) === foldSubject(subject);
    const known = this.rows().find(isIt) ?? this.local.outbox.findLast(isIt);
    if (known) this.write({ ...known, deleted: NOW.toISOString() });
  }

  use(nth: number) {
    const row = this.rows()[nth];
    if (row) this.write({ ...row, lastUsed: "2019-04-20" });
  }

  backUp() {
    this.backup = this.local;
  }

  restore() {
    this.local = this.backup;
  }

  sync(delivery: Delivery) {
    const request = { source: this.source, ...nextRequest(this.local, LICENSE, 3) };
    if (delivery === "request lost") return;
    if (delivery === "request delayed") {
      this.delayed.push(request);
      return;
    }
    if (delivery === "request doubled") this.server.answer(request);
    const reply = this.server.answer(request);
    expect(reply.patches.length).toBeGreaterThanOrEqual(request.patches.length);
    if (delivery !== "reply lost") this.local = mergeReply(this.local, request.patches.length, reply);
  }

  /** Syncs until nothing is left to send. */
  settle() {
    for (let turn = 0; turn < 100; turn++) {
      this.sync("well");
      if (!this.local.paging && this.local.outbox.length === 0) return;
    }
    throw new Error("it never settles");
  }

  rows() {
    return [...this.local.rows.values()].sort((a, b) => a.version - b.version);
  }

  private write(change: Partial<Patch> & Pick<Patch, "instance" | "allotment" | "subject" | "created">) {
    this.local = { ...this.local, outbox: [...this.local.outbox, patchOf(change)] };
  }
}

const DELIVERIES = ["well", "request lost", "reply lost", "request doubled", "request delayed"] as const;
type Delivery = (typeof DELIVERIES)[number];

const who = fc.nat(2);
const allotment = fc.constantFrom("analyzer", "analyzer", "professional");
const subject = fc.constantFrom("acme\\bob", "ACME\\Bob", "acme\\eve", "\\zoë", "\\generated4", "kim");
const created = fc.nat(5).map((second) => `2019-04-18T10:01:0${second}.024031Z`);
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("sync" as const), who, fate: fc.constantFrom(...DELIVERIES) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("add" as const), who, allotment, subject, created }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("remove" as const), who, allotment, subject }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("use" as const), who, nth: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("deliver" as const), nth: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("purge" as const), count: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("units" as const), allotment, units: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("declare" as const), subject, alias: subject }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("undeclare" as const), nth: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("back up" as const, "restore" as const), who: fc.nat(3) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The first two deployments are clones: they use the same source. */
function world() {
  const server = new Server();
  const delayed: Request[] = [];
  const deployments = ["east", "east", "west"].map((source) => new Deployment(source, server, delayed));
  return { server, delayed, deployments };
}

function take({ server, delayed, deployments }: ReturnType<typeof world>, step: Step) {
  const deployment = "who" in step ? deployments[step.who] : undefined;
  switch (step.do) {
    case "sync":
      return deployment?.sync(step.fate);
    case "add":
      return deployment?.add(step.allotment, step.subject, step.created);
    case "remove":
      return deployment?.remove(step.allotment, step.subject);
    case "use":
      return deployment?.use(step.nth);
    case "deliver":
      return delayed.splice(step.nth, 1).map((request) => server.answer(request));
    case "purge":
      return server.purge(step.count);
    case "declare":
      return server.declare(step.subject, step.alias);
    case "undeclare":
      return server.undeclare(step.nth);
    case "units":
      return server.units.set(step.allotment, step.units);
    case "back up":
      return (deployment ?? server).backUp();
    case "restore":
      return (deployment ?? server).restore();
  }
}

test("once the network is quiet every deployment equals the server, whatever was lost before", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: "max" }), (steps) => {
      const all = world();
      for (const each of steps) take(all, each);
      for (const request of all.delayed) all.server.answer(request);
      for (const deployment of [...all.deployments, ...all.deployments]) deployment.settle();
      const live = all.server.live().map(onWire);
      for (const deployment of all.deployments) {
        expect(deployment.rows().map((row) => ({ ...row, license: LICENSE, rejection: "" }))).toEqual(live);
      }
      for (const row of all.server.live()) {
        const texts = [row.subject, ...(row.aliases ?? [])].map(foldSubject);
        expect(all.server.spellingsOf(row), "spellings that are no subject of the user").toEqual(
          expect.arrayContaining(texts),
        );
      }
    }),
    { numRuns: 1000, seed: 1253 },
  );
});
