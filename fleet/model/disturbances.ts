import type { Machine } from "@/fleet/machine";
import { count } from "@/fleet/record";
import { SYSTEM } from "@/server/access/actor";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import { rotateSigningKey } from "@/server/keys/signing-keys";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { beginEpoch } from "@/server/restores/restores";
import { carryLogs } from "./carrying";
import { decideOnGuest } from "./guests";
import type { Scene } from "./scene";
import { keyOf } from "./terms";

type Disturbance = (scene: Scene) => Promise<unknown>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What happens to agents and network in a run, and after how many hours again, on average. */
const OUTSIDE: [string, number, Disturbance][] = [
  ["cuts of the network", 5, cutNetwork],
  ["kills of an agent", 2, killAgent],
  ["restarts of an agent", 4, restartAgent],
  ["clocks set", 8, setClock],
  ["agents restored", 12, restoreAgent],
  ["trips with offline logs", 4, carryLogs],
];
/** The same for the server. */
const AT_SERVER: [string, number, Disturbance][] = [
  ["deaths planned", 1, dieSoon],
  ["changes of the definition", 6, redefine],
  ["releases by an admin", 3, release],
  ["suspensions", 16, suspend],
  ["decisions on dual use", 4, decideOnGuest],
  ["new signing keys", 16, ({ timeline }) => rotateSigningKey(SYSTEM, new Date(timeline.now()))],
  ["restores that an admin told", 24, tellRestore],
  ["restores of the server", 12, restoreServer],
];

export function scheduleDisturbances(scene: Scene): void {
  for (const [what, every, disturb] of OUTSIDE) again(scene, what, every, disturb);
  for (const [what, every, disturb] of AT_SERVER)
    again(scene, what, every, () => scene.inTurn(() => disturb(scene)));
}

function again(scene: Scene, what: string, every: number, disturb: Disturbance): void {
  const { timeline, random, begin, hours, record } = scene;
  const at = timeline.now() + random.next() * 2 * every * HOUR;
  if (at >= begin + hours * HOUR) return;
  timeline.after(at - timeline.now(), async () => {
    count(record, what);
    await disturb(scene);
    again(scene, what, every, disturb);
  });
}

/** Not while a restore is unnoticed: a death in the middle of noticing leaves open whether it was. */
async function dieSoon({ server, random, model }: Scene): Promise<void> {
  if (!model.isBehind) server.dieAt(random.between(1, 6));
}

async function cutNetwork({ network, random, timeline }: Scene): Promise<void> {
  network.cut = random.pick(["out", "in"]);
  timeline.after(random.between(5, 120) * MINUTE, async () => {
    network.cut = null;
  });
}

async function killAgent(scene: Scene): Promise<void> {
  const { random } = scene;
  anyMachine(scene).kill(random.between(1, 12), random.between(1, 30), random.chance(0.3));
}

async function restartAgent(scene: Scene): Promise<void> {
  const machine = anyMachine(scene);
  if (!machine.life) return;
  await machine.stop();
  scene.timeline.after(scene.random.between(1, 40) * MINUTE, machine.start);
}

async function setClock(scene: Scene): Promise<void> {
  anyMachine(scene).skew = scene.random.between(-3 * 24 * 60, 23 * 60) * MINUTE;
}

/** A backup is made now, and later the machine goes on from it. */
async function restoreAgent(scene: Scene): Promise<void> {
  const { timeline, random } = scene;
  const machine = machineOf(scene);
  if (!machine.life) return;
  const backup = machine.copyDisk(`${machine.name}-backup-${timeline.now()}`);
  timeline.after(random.between(1, 6) * HOUR, async () => {
    await machine.stop();
    machine.putDisk(backup);
    await machine.start();
  });
}

async function redefine({ license, definition, random, model, timeline }: Scene): Promise<void> {
  const share = random.pick([0.4, 0.7, 1]);
  const allotments = definition.allotments.map((allotment) => {
    if (allotment.usage.class === "time") return allotment;
    const units = allotment.units.map((part) => ({ ...part, count: Math.ceil(part.count * share) }));
    const pool = model.seats.pools.get(keyOf(allotment.name));
    if (pool) pool.units = units[0]?.count ?? 0;
    return { ...allotment, units };
  });
  await putDefinition(license, { ...definition, allotments }, null, false, SYSTEM, new Date(timeline.now()));
}

async function release({ license, random, model, timeline, server }: Scene): Promise<void> {
  const [first, ...others] = model.seats.live().filter(({ instance }) => instance !== null);
  if (!first) return;
  const instance = random.pick([first, ...others]).instance ?? "";
  const now = new Date(timeline.now());
  const patch = { instance, version: 0, license, allotment: "", subject: "", created: "" };
  const changer = { source: "admin", actor: SYSTEM, now, allOrNothing: true };
  const deleted = now.toISOString();
  const isDone = await server.change(() => changeAssignments(license, [{ ...patch, deleted }], changer));
  if (isDone) model.seats.release(instance, now);
}

async function suspend(scene: Scene): Promise<void> {
  await setStatus(scene, "suspended");
  scene.timeline.after(30 * MINUTE, () => resume(scene));
}

export function resume(scene: Scene): Promise<void> {
  return scene.inTurn(() => setStatus(scene, "active"));
}

async function setStatus(scene: Scene, status: "active" | "suspended"): Promise<void> {
  await changeLicense(scene.license, { status }, null, SYSTEM, new Date(scene.timeline.now()));
  scene.model.isSuspended = status === "suspended";
}

async function tellRestore({ timeline, model }: Scene): Promise<void> {
  const now = new Date(timeline.now());
  await beginEpoch(now);
  model.beginEpoch(now);
}

/** A backup is put in force up to some hours later, or the last commits are lost in a failover that nobody tells. */
async function restoreServer(scene: Scene): Promise<void> {
  const { timeline, random, server } = scene;
  const restore = await server.backUp();
  const kept = scene.model.copy();
  const isNoticed = random.chance(0.5);
  const putBack = async () => {
    await restore(isNoticed);
    scene.model = kept.after(scene.model);
    if (isNoticed) scene.model.beginEpoch(new Date(timeline.now()));
  };
  timeline.after(random.between(1, 180) * MINUTE, () => scene.inTurn(putBack));
}

function anyMachine({ machines, offline, random }: Scene): Machine {
  return random.pick([offline.machine, ...machines]);
}

/** One with a network: what a restored deployment without one writes then is refused until an admin closes its log. */
function machineOf({ machines, random }: Scene): Machine {
  const [first, ...others] = machines;
  if (!first) throw new Error("A simulation needs a deployment.");
  return random.pick([first, ...others]);
}
