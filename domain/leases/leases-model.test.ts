import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bookOnLease,
  decideLease,
  type LeaseTotals,
  type MinuteLease,
  NO_LEASE,
  reservedBy,
} from "./lease-rules";
import { answered, askedFor, NOTHING_PREPAID, type Prepaid, spent } from "./prepaid";

// A fleet in one month: messages are lost, doubled, late and out of order; agents are killed, rebooted, restored and
// cloned. Whatever happens, the minutes that are granted to users never exceed the cap.

const MONTH = "2026-11";
const BLOCK = 6;
const HOUR = 3_600_000;
const TERMS = { isLicenseOver: false, isHeld: false };

type Pending = { run: string; minutes: number };
/** What an agent keeps on disk. */
type Disk = {
  run: string;
  prepaid: Prepaid;
  sequence: number;
  report: Report | null;
  pending: Pending[];
  probed: boolean;
};
type Report = { sequence: number; elements: Pending[] };
/** `witness` is in memory: the run, and the number of changes of the disk. */
type Agent = {
  source: string;
  disk: Disk;
  changes: number;
  witness: { run: string; changes: number } | null;
  skew: number;
};

type Message =
  | {
      to: "server";
      kind: "ask";
      source: string;
      run: string;
      body: NonNullable<Prepaid["waiting"]>;
      agent: Agent;
    }
  | { to: "server"; kind: "report"; source: string; report: Report; agent: Agent }
  | {
      to: "agent";
      kind: "answer";
      agent: Agent;
      run: string;
      sequence: number;
      granted: number | null;
      left: number;
    }
  | { to: "agent"; kind: "booked"; agent: Agent; report: Report; counted: number };

class World {
  now = Date.parse("2026-11-10T00:00:00Z");
  total = 0;
  granted = 0;
  unleased = 0;
  readonly leases = new Map<string, MinuteLease>();
  readonly sources = new Map<string, number>();
  readonly agents: Agent[] = [];
  readonly wire: Message[] = [];
  runs = 0;

  constructor(readonly cap: number) {}

  newRun(): string {
    this.runs += 1;
    return `run ${this.runs}`;
  }

  begin(source: string): void {
    this.agents.push(this.started({ source, disk: this.fresh(), changes: 0, witness: null, skew: 0 }));
  }

  private fresh(): Disk {
    return {
      run: this.newRun(),
      prepaid: NOTHING_PREPAID,
      sequence: 0,
      report: null,
      pending: [],
      probed: false,
    };
  }

  /** A start: without a witness that names the run as it is on disk, a new run begins. */
  started(agent: Agent): Agent {
    const { witness, disk, changes } = agent;
    const goesOn = witness?.run === disk.run && witness.changes <= changes;
    const run = goesOn ? disk.run : this.newRun();
    const prepaid = goesOn ? disk.prepaid : NOTHING_PREPAID;
    return { ...agent, disk: { ...disk, run, prepaid, probed: false }, witness: { run, changes } };
  }

  save(agent: Agent, disk: Partial<Disk>): void {
    agent.disk = { ...agent.disk, ...disk };
    agent.changes += 1;
    agent.witness = { run: agent.disk.run, changes: agent.changes };
  }

  spend(agent: Agent, blocks: number): void {
    const minutes = blocks * BLOCK;
    const prepaid = spent(agent.disk.prepaid, minutes, this.now);
    if (!prepaid) return;
    this.save(agent, { prepaid, pending: [...agent.disk.pending, { run: agent.disk.run, minutes }] });
    this.granted += minutes;
  }

  ask(agent: Agent, want: number): void {
    const prepaid = askedFor(agent.disk.prepaid, want * BLOCK);
    this.save(agent, { prepaid });
    const { source, disk } = agent;
    this.wire.push({ to: "server", kind: "ask", source, run: disk.run, body: prepaid.waiting, agent });
  }

  report(agent: Agent): void {
    const { disk } = agent;
    if (!disk.report) {
      const elements = disk.probed ? disk.pending : [];
      this.save(agent, { report: { sequence: disk.sequence + 1, elements }, sequence: disk.sequence + 1 });
    }
    const { report } = agent.disk;
    if (report) this.wire.push({ to: "server", kind: "report", source: agent.source, report, agent });
  }

  deliver(at: number, keep: boolean): void {
    const message = this.wire[at % Math.max(1, this.wire.length)];
    if (!message) return;
    if (!keep) this.wire.splice(this.wire.indexOf(message), 1);
    if (message.kind === "ask") this.lease(message);
    else if (message.kind === "report") this.book(message);
    else if (message.kind === "answer") this.takeAnswer(message);
    else this.takeBooked(message);
  }

  totals(): LeaseTotals {
    const all = [...this.leases.values()];
    const reserved = all.reduce((sum, lease) => sum + reservedBy(lease), 0);
    return { cap: this.cap, total: this.total, reserved, open: all.length, block: BLOCK };
  }

  private lease({ source, run, body, agent }: Extract<Message, { kind: "ask" }>): void {
    const id = `${source} ${run}`;
    const known = this.leases.get(id) ?? null;
    const now = new Date(this.now);
    const { lease, error } = decideLease(known, { month: MONTH, lease: null, ...body }, this.totals(), {
      now,
      ...TERMS,
    });
    this.leases.set(id, lease);
    if (error) return;
    const { granted, sequence } = lease;
    this.wire.push({ to: "agent", kind: "answer", agent, run, sequence, granted, left: 12 * HOUR });
  }

  private book({ source, report, agent }: Extract<Message, { kind: "report" }>): void {
    const counted = this.sources.get(source) ?? 0;
    if (report.sequence > counted) {
      this.sources.set(source, report.sequence);
      for (const { run, minutes } of report.elements) this.bookOne(`${source} ${run}`, minutes);
    }
    this.wire.push({ to: "agent", kind: "booked", agent, report, counted });
  }

  private bookOne(id: string, minutes: number): void {
    this.total += minutes;
    const { lease, unleased } = bookOnLease(this.leases.get(id) ?? NO_LEASE, minutes);
    this.unleased += unleased;
    if (this.leases.has(id)) this.leases.set(id, lease);
  }

  private takeAnswer({ agent, run, ...answer }: Extract<Message, { kind: "answer" }>): void {
    if (run === agent.disk.run) this.save(agent, { prepaid: answered(agent.disk.prepaid, answer, this.now) });
  }

  /** A greater sequence than ours shows that another life of this source was counted: what isn't reported is forgone. */
  private takeBooked({ agent, report, counted }: Extract<Message, { kind: "booked" }>): void {
    const { disk } = agent;
    if (disk.report?.sequence !== report.sequence || disk.report !== report) return;
    const isBehind = counted >= report.sequence && !disk.probed;
    const pending = isBehind ? [] : disk.pending.slice(report.elements.length);
    const mine = report.elements.filter(({ run }) => run === disk.run);
    const reported = disk.prepaid.reported + mine.reduce((sum, { minutes }) => sum + minutes, 0);
    const sequence = Math.max(disk.sequence, counted);
    this.save(agent, {
      report: null,
      pending,
      sequence,
      probed: true,
      prepaid: { ...disk.prepaid, reported },
    });
  }
}

type Act =
  | { do: "spend" | "ask"; agent: number; many: number }
  | { do: "report" | "reboot" | "kill" | "clone" | "snapshot" | "restore"; agent: number };
type Step = Act | { do: "deliver" | "double"; at: number } | { do: "wait"; hours: number };

const agent = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("spend" as const), agent, many: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("ask" as const), agent, many: fc.integer({ min: 0, max: 20 }) }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant("deliver" as const), at: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("double" as const), at: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("report" as const), agent }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "reboot" as const,
        "kill" as const,
        "clone" as const,
        "snapshot" as const,
        "restore" as const,
      ),
      agent,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 8 }) }),
  },
);

function run(world: World, steps: Step[]): void {
  const snapshots = new Map<Agent, { disk: Disk; changes: number }>();
  for (const one of steps) {
    if (one.do === "wait") world.now += one.hours * HOUR;
    else if ("at" in one) world.deliver(one.at, one.do === "double");
    else {
      const mine = world.agents[one.agent % world.agents.length];
      if (mine) act(world, mine, one, snapshots);
    }
    expect(world.granted).toBeLessThanOrEqual(world.cap);
    const { total, reserved } = world.totals();
    expect(total + reserved).toBeLessThanOrEqual(world.cap);
    expect(reserved).toBeGreaterThanOrEqual(0);
    expect(world.unleased).toBe(0);
  }
}

function act(
  world: World,
  mine: Agent,
  one: Act,
  snapshots: Map<Agent, { disk: Disk; changes: number }>,
): void {
  const { disk, changes } = mine;
  if (one.do === "spend") world.spend(mine, one.many);
  else if (one.do === "ask") world.ask(mine, one.many);
  else if (one.do === "report") world.report(mine);
  else if (one.do === "kill") Object.assign(mine, world.started(mine));
  else if (one.do === "reboot") Object.assign(mine, world.started({ ...mine, witness: null }));
  else if (one.do === "snapshot") snapshots.set(mine, { disk, changes });
  else if (one.do === "clone") world.agents.push(world.started({ ...mine, witness: null }));
  else Object.assign(mine, world.started({ ...mine, ...snapshots.get(mine) }));
}

test("a fleet never grants more than the cap, whatever is lost, doubled, late, killed, restored or cloned", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 200 }),
      fc.array(step, { minLength: 50, maxLength: 400 }),
      (blocks, steps) => {
        const world = new World(blocks * BLOCK);
        for (const source of ["warsaw", "berlin", "paris"]) world.begin(source);
        run(world, steps);
      },
    ),
    { numRuns: process.env.SIGNET_TEST === "all" ? 3000 : 150 },
  );
});
