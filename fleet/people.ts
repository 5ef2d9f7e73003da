import type { Machine } from "./machine";
import { add, count, noteRejections, type RunRecord, type Seat, seatOn } from "./record";
import type { Timeline } from "./timeline";

/** `block` is the longest block in which minutes are charged; nobody comes after `until`. */
export type Around = {
  timeline: Timeline;
  ledger: RunRecord;
  guests: [string, ...string[]];
  block: number;
  until: number;
};

const MINUTE = 60_000;
const TURN = 15;

/** Lets everyone at a machine come and go until the end. */
export function settleIn(around: Around, machine: Machine): void {
  for (const subject of machine.people) comeAgain(around, machine, subject, 0);
  const { random } = machine;
  const guests = Math.max(1, Math.round(machine.people.length / 8));
  for (let guest = 0; guest < guests; guest += 1)
    comeAgain(around, machine, random.pick(around.guests), 4 * 60);
  manageAgain(around, machine);
}

function comeAgain(around: Around, machine: Machine, subject: string, leastGap: number): void {
  const gap = leastGap + machine.random.between(1, 420);
  later(around, gap, async () => {
    await visit(around, machine, subject);
    comeAgain(around, machine, subject, leastGap);
  });
}

/** A sign-in; a user with a seat works freely, for others minutes are counted. */
async function visit(around: Around, machine: Machine, subject: string): Promise<void> {
  const { ledger } = around;
  const result = await machine.call(async (agent) => {
    const access = await agent.access(spelled(machine, subject));
    const isMetered = access.granted && isTime(agent.state(), access.allotment);
    const seat = access.granted && !isMetered ? seatOn(agent, subject, access.allotment ?? "") : null;
    return { ...access, isMetered, seat };
  });
  if (typeof result === "string") return count(ledger, `sign-ins ${result}`);
  if ("refused" in result) return count(ledger, `denied ${result.refused}`);
  const { granted, reason, allotment, isMetered, seat } = result.answer;
  if (!granted) return count(ledger, `denied ${reason}`);
  count(ledger, `granted ${allotment}`);
  if (seat) ledger.grants.push(seat);
  if (!isMetered) return;
  const session = String(Math.floor(around.timeline.now() / MINUTE));
  await work(around, machine, { subject, session, minutes: 0 }, machine.random.between(1, 6));
}

type Work = { subject: string; session: string; minutes: number };

async function work(around: Around, machine: Machine, at: Work, turns: number): Promise<void> {
  const { ledger } = around;
  const result = await machine.call((agent) => agent.time(at));
  if (result === "died" && at.minutes > 0) add(ledger.open, machine.source, at.minutes + around.block);
  if (typeof result === "string" || "refused" in result) return;
  const { granted, charged, reason } = result.answer;
  add(ledger.charged, machine.source, charged);
  if (!granted) return count(ledger, `stopped ${reason}`);
  if (turns > 0) later(around, TURN, () => work(around, machine, { ...at, minutes: TURN }, turns - 1));
}

/** The person in charge of a machine assigns and releases seats by hand. */
function manageAgain(around: Around, machine: Machine): void {
  later(around, machine.random.between(120, 960), async () => {
    if (machine.random.chance(0.5)) await giveSeat(around, machine);
    else await takeSeat(around, machine);
    noteRejections(around.ledger, machine);
    manageAgain(around, machine);
  });
}

async function giveSeat({ ledger }: Around, machine: Machine): Promise<void> {
  const subject = pickFrom(machine, machine.people);
  const pool = seatAllotment(machine);
  if (!subject || !pool) return;
  const result = await machine.call(async (agent) => {
    const held = await agent.assign(spelled(machine, subject), pool);
    return seatOn(agent, subject, held.allotment);
  });
  if (typeof result === "string") return count(ledger, `assignments ${result}`);
  if ("refused" in result) return count(ledger, `assignments refused ${result.refused}`);
  count(ledger, "assignments given");
  if (result.answer) ledger.grants.push(result.answer);
}

async function takeSeat({ ledger }: Around, machine: Machine): Promise<void> {
  const held = machine.life?.agent.assignments() ?? [];
  const mine = held.filter(({ subject }) => subject.toLowerCase().startsWith(machine.name.toLowerCase()));
  const [first, ...others] = mine;
  if (!first) return;
  const { subject, allotment } = machine.random.pick([first, ...others]);
  let seat: Seat | null = null;
  const result = await machine.call((agent) => {
    seat = seatOn(agent, subject, allotment);
    if (seat) ledger.released.push(seat);
    return agent.release(subject, allotment);
  });
  if (typeof result === "string") return count(ledger, `releases ${result}`);
  if ("refused" in result) return count(ledger, `releases refused ${result.refused}`);
  count(ledger, "releases");
  if (seat) ledger.releasesHeld.push(seat);
}

type AgentState = ReturnType<NonNullable<Machine["life"]>["agent"]["state"]>;

function isTime({ license }: AgentState, allotment: string | undefined): boolean {
  return (
    license?.definition.allotments.some(({ name, usage }) => name === allotment && usage.class === "time") ??
    false
  );
}

function seatAllotment({ life, random }: Machine): string | undefined {
  const pools = life?.agent.state().license?.definition.allotments ?? [];
  const [first, ...others] = pools.filter(({ usage }) => usage.class === "assigned").map(({ name }) => name);
  return first === undefined ? undefined : random.pick([first, ...others]);
}

function pickFrom({ random }: Machine, [first, ...others]: string[]): string | undefined {
  return first === undefined ? undefined : random.pick([first, ...others]);
}

/** A subject as people type it. */
function spelled({ random }: Machine, subject: string): string {
  return random.chance(0.1) ? subject.toUpperCase() : subject;
}

function later({ timeline, until }: Around, minutes: number, run: () => Promise<void>): void {
  if (timeline.now() + minutes * MINUTE < until) timeline.after(minutes * MINUTE, run);
}
