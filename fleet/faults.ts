import type { Definition } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import { rotateSigningKey } from "@/server/keys/signing-keys";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { beginEpoch } from "@/server/restores/restores";
import type { Random } from "@/server/sample/random";
import { type Ground, type Machine, makeMachine } from "./machine";
import type { NetworkState } from "./network-faults";
import { count, noteLoss, noteRejections, type RunRecord } from "./record";
import type { Timeline } from "./timeline";

export type Scene = {
  timeline: Timeline;
  ground: Ground;
  ledger: RunRecord;
  machines: Machine[];
  license: string;
  definition: Definition;
  random: Random;
  begin: number;
  hours: number;
  /** Lets people come to a machine that was added later. */
  settle: (machine: Machine) => void;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BAD: [NetworkState, ...NetworkState[]] = ["down", "down", "portal", "busy"];

/** The faults of each machine: most about once a day, and some only for a few machines. */
export function scheduleMachineFaults(scene: Scene, machine: Machine, index: number): void {
  const { random } = machine;
  const { hours } = scene;
  if (random.chance(0.3)) machine.skew = random.between(-180, 180) * MINUTE;
  for (let day = 0; day * 24 < hours; day += 1) {
    const within = () => (day * 24 + random.next() * Math.min(24, hours - day * 24)) * HOUR;
    at(scene, within(), () => outage(scene, machine));
    at(scene, within(), () => restart(scene, machine));
    at(scene, within(), async () => kill(scene, machine));
    at(scene, within(), async () => kill(scene, machine));
    if (random.chance(0.4)) at(scene, within(), async () => setClock(scene, machine));
  }
  if (index % 12 === 5) at(scene, (0.3 + 0.3 * random.next()) * hours * HOUR, () => backUp(scene, machine));
  if (index % 16 === 9) at(scene, (0.3 + 0.4 * random.next()) * hours * HOUR, () => clone(scene, machine));
}

/** The faults that affect everyone: the backend is away, its terms and keys change, people work at the console. */
export function scheduleBackendFaults(scene: Scene): void {
  const { hours, random } = scene;
  const part = (share: number) => share * hours * HOUR;
  at(scene, part(0.25), () => backendOutage(scene, random.between(20, 90)));
  at(scene, part(0.65), () => backendOutage(scene, random.between(90, 300)));
  at(scene, part(0.35), () => redefine(scene, 0.6));
  at(scene, part(0.55), () => redefine(scene, 1));
  at(scene, part(0.45), async () => void (await rotateSigningKey(SYSTEM, nowIn(scene))));
  at(scene, part(0.5), () => beginEpoch(nowIn(scene)));
  at(scene, part(0.6), () => setStatus(scene, "suspended"));
  at(scene, part(0.6) + 40 * MINUTE, () => setStatus(scene, "active"));
  for (let hour = 2; hour < hours; hour += 2) at(scene, hour * HOUR, () => releaseAtConsole(scene));
}

function at({ timeline, begin, hours }: Scene, offset: number, run: () => Promise<void>): void {
  if (offset < hours * HOUR) timeline.after(begin + offset - timeline.now(), run);
}

function nowIn({ timeline }: Scene): Date {
  return new Date(timeline.now());
}

async function outage({ timeline, ledger }: Scene, machine: Machine): Promise<void> {
  count(ledger, "outages of a deployment");
  machine.weather = machine.random.pick(BAD);
  timeline.after(machine.random.between(5, 300) * MINUTE, async () => {
    machine.weather = "clear";
  });
}

async function backendOutage({ timeline, ledger, ground }: Scene, minutes: number): Promise<void> {
  count(ledger, "outages of the backend");
  ground.weather = "down";
  timeline.after(minutes * MINUTE, async () => {
    ground.weather = "clear";
  });
}

async function restart({ timeline, ledger }: Scene, machine: Machine): Promise<void> {
  if (!machine.life) return;
  count(ledger, "restarts");
  await machine.stop();
  timeline.after(machine.random.between(1, 40) * MINUTE, machine.start);
}

function kill({ ledger }: Scene, machine: Machine): void {
  count(ledger, "kills");
  machine.kill(machine.random.between(1, 12), machine.random.between(1, 30));
}

/**
 * People set clocks: by hours, and ahead by less than a day, since beyond that the server accepts no month that
 * hasn't begun.
 */
function setClock({ ledger }: Scene, machine: Machine): void {
  count(ledger, "clocks set");
  machine.skew = machine.random.between(-3 * 24 * 60, 23 * 60) * MINUTE;
}

/** A backup is made now, and some hours later the machine continues from it. */
async function backUp(scene: Scene, machine: Machine): Promise<void> {
  const { timeline, ledger, hours } = scene;
  if (!machine.life) return;
  const backup = machine.copyDisk(`${machine.name}-backup`);
  const held = machine.life.agent.state();
  timeline.after(machine.random.next() * 0.2 * hours * HOUR, async () => {
    if (!machine.life) await machine.start();
    noteRejections(ledger, machine);
    if (machine.life) noteLoss(ledger, machine.life.agent.state(), held);
    await machine.stop();
    machine.putDisk(backup);
    await machine.start();
    count(ledger, "restored from a backup");
  });
}

/** A copy of the machine runs beside it from now on, with the same source and its own people. */
async function clone(scene: Scene, origin: Machine): Promise<void> {
  const { ledger, ground, machines } = scene;
  if (!origin.life) return;
  const name = `${origin.name}-twin`;
  const people = origin.people.map((subject) => subject.replace(origin.name, name));
  const disk = origin.copyDisk(name);
  const seed = origin.random.between(1, 2 ** 30);
  const twin = makeMachine(ground, { name, source: origin.source, people, seed, disk });
  machines.push(twin);
  ledger.cloned.add(origin.source);
  count(ledger, "clones");
  await twin.start();
  scene.settle(twin);
}

async function redefine(scene: Scene, share: number): Promise<void> {
  const { license, definition, ledger } = scene;
  count(ledger, "changes of the definition");
  const allotments = definition.allotments.map((allotment) =>
    allotment.usage.class === "time"
      ? allotment
      : {
          ...allotment,
          units: allotment.units.map((part) => ({ ...part, count: Math.ceil(part.count * share) })),
        },
  );
  await putDefinition(license, { ...definition, allotments }, null, false, SYSTEM, nowIn(scene));
}

async function setStatus(scene: Scene, status: "active" | "suspended"): Promise<void> {
  if (status === "suspended") count(scene.ledger, "suspensions");
  await changeLicense(scene.license, { status }, null, SYSTEM, nowIn(scene));
}

async function releaseAtConsole(scene: Scene): Promise<void> {
  const { license, random, ledger } = scene;
  const [first, ...others] = (await liveSeats(license)).sorted("addedAt");
  if (!first) return;
  const { instance, allotment, subject, source, created } = random.pick([first, ...others]);
  const seat = { instance, allotment, subject, source, created: new Date(created).toISOString() };
  ledger.released.push(seat);
  const patch = { instance, version: 0, license, allotment: "", subject: "", created: "" };
  const changer = { source: "admin", actor: SYSTEM, now: nowIn(scene), allOrNothing: true };
  await changeAssignments(license, [{ ...patch, deleted: nowIn(scene).toISOString() }], changer);
  ledger.releasesHeld.push(seat);
  count(ledger, "releases at the console");
}
