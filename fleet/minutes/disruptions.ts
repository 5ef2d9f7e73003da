import { monthOf } from "@/domain/month";
import { type Ground, type Machine, makeMachine } from "@/fleet/machine";
import type { NetworkState } from "@/fleet/network-faults";
import type { Timeline } from "@/fleet/timeline";
import { type Random, seeded } from "@/server/sample/random";
import { count, type MinuteRecord, spendableAt } from "./record";

export type Scene = {
  timeline: Timeline;
  ground: Ground;
  record: MinuteRecord;
  machines: Machine[];
  begin: number;
  hours: number;
  seed: number;
  /** Lets people come to a machine that was added later. */
  settle: (machine: Machine) => void;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BAD: [NetworkState, ...NetworkState[]] = ["down", "down", "portal", "busy"];

/** The faults of each machine: most about once a day, restored and cloned disks for some. Random numbers are its own. */
export function scheduleMachineFaults(scene: Scene, machine: Machine, index: number): void {
  const { hours, seed } = scene;
  const random = seeded(seed * 7919 + index);
  if (random.chance(0.3)) machine.skew = random.between(-180, 180) * MINUTE;
  for (let day = 0; day * 24 < hours; day += 1) {
    const within = () => (day * 24 + random.next() * Math.min(24, hours - day * 24)) * HOUR;
    at(scene, within(), outage(scene, machine, random));
    at(scene, within(), restart(scene, machine, random.between(1, 40)));
    at(scene, within(), kill(scene, machine, random, false));
    at(scene, within(), kill(scene, machine, random, random.chance(0.5)));
    if (random.chance(0.4)) at(scene, within(), setClock(scene, machine, random.between(-72 * 60, 23 * 60)));
  }
  const part = (least: number, more: number) => (least + more * random.next()) * hours * HOUR;
  if (index % 12 === 5) at(scene, part(0.2, 0.4), backUp(scene, machine, random));
  if (index % 16 === 9) at(scene, part(0.2, 0.4), clone(scene, machine, index, false));
}

/** Both end in time, so that everybody comes back. */
export function scheduleBackendOutages(scene: Scene): void {
  const random = seeded(scene.seed * 104_729);
  const part = (share: number) => share * scene.hours * HOUR;
  at(scene, part(0.25), backendOutage(scene, random.between(20, 90)));
  at(scene, part(0.6), backendOutage(scene, random.between(90, 300)));
}

/** Copies of whole machines, with what is in their memory. */
export function scheduleMemoryCopies(scene: Scene): void {
  for (const [index, machine] of scene.machines.entries())
    if (index % 16 === 3) at(scene, 0.4 * scene.hours * HOUR, clone(scene, machine, index, true));
}

export function at({ timeline, begin, hours }: Scene, offset: number, run: () => Promise<void>): void {
  if (offset < hours * HOUR) timeline.after(begin + offset - timeline.now(), run);
}

function outage({ timeline, record }: Scene, machine: Machine, random: Random): () => Promise<void> {
  const [state, minutes] = [random.pick(BAD), random.between(5, 300)];
  return async () => {
    count(record, "outages of a deployment");
    machine.weather = state;
    timeline.after(minutes * MINUTE, async () => {
      machine.weather = "clear";
    });
  };
}

function backendOutage({ timeline, record, ground }: Scene, minutes: number): () => Promise<void> {
  return async () => {
    count(record, "outages of the backend");
    ground.weather = "down";
    timeline.after(minutes * MINUTE, async () => {
      ground.weather = "clear";
    });
  };
}

function restart({ timeline, record }: Scene, machine: Machine, minutes: number): () => Promise<void> {
  return async () => {
    if (!machine.life) return;
    count(record, "restarts");
    await machine.stop();
    timeline.after(minutes * MINUTE, machine.start);
  };
}

function kill({ record }: Scene, machine: Machine, random: Random, isPowerCut: boolean): () => Promise<void> {
  const [steps, minutes] = [random.between(1, 12), random.between(1, 30)];
  return async () => {
    count(record, isPowerCut ? "power cuts" : "kills");
    machine.kill(steps, minutes, isPowerCut);
  };
}

/** Ahead by less than a day: beyond that the server accepts no month that hasn't begun. */
function setClock({ record }: Scene, machine: Machine, minutes: number): () => Promise<void> {
  return async () => {
    count(record, "clocks set");
    machine.skew = minutes * MINUTE;
  };
}

/**
 * A backup is made now, and some hours later the disk is put back: after a clean stop or none, with a reboot or
 * without one, so that only the witness can tell.
 */
function backUp({ timeline, record, hours }: Scene, machine: Machine, random: Random): () => Promise<void> {
  const [after, isClean, isReboot] = [
    random.next() * 0.3 * hours * HOUR,
    random.chance(0.5),
    random.chance(0.5),
  ];
  return async () => {
    if (!machine.life) return;
    const backup = machine.copyDisk(`${machine.name}-backup`);
    timeline.after(after, async () => {
      count(record, "disks restored");
      if (isClean) await machine.stop();
      else await machine.cutOff();
      if (isReboot) machine.memory.seen = null;
      machine.putDisk(backup);
      await machine.start();
    });
  };
}

/** A copy of the machine runs beside it from now on, with the same source and its own people. */
function clone(scene: Scene, origin: Machine, index: number, hasMemory: boolean): () => Promise<void> {
  const { record, ground, machines, timeline, seed } = scene;
  return async () => {
    if (!origin.life) return;
    const name = `${origin.name}-${hasMemory ? "copy" : "twin"}`;
    const people = origin.people.map((subject) => subject.replace(origin.name, name));
    const disk = origin.copyDisk(name);
    const twin = makeMachine(ground, {
      name,
      source: origin.source,
      people,
      seed: seed * 31 + index + 500_000,
      disk,
    });
    if (hasMemory) twin.memory.seen = origin.memory.seen;
    if (hasMemory)
      record.copiedMinutes += spendableAt(origin, monthOf(new Date(timeline.now())), timeline.now());
    machines.push(twin);
    count(record, hasMemory ? "machines copied with their memory" : "disks cloned");
    await twin.start();
    scene.settle(twin);
  };
}
