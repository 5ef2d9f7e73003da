import { setTimeout as pause } from "node:timers/promises";
import type { SyncReply } from "@/e2e/product";
import { brokenRules } from "@/e2e/store-check";
import { type Deployment, deploymentOn, totalOf } from "@/faults/deployment";
import type { Scenario, Stage } from "@/faults/scenario";
import { syncAs } from "@/faults/sync-as";
import { until } from "@/faults/until";
import { keepsAll } from "./kept";
import { primary, strike } from "./kills";
import { startLoad } from "./load";
import { monthNow, openStand, PROGRAMS, type Stand } from "./stand";

/** Products work for so long before the standbys are cut off. */
const WORK_MS = 5000;
const DEPLOYMENTS = Array.from({ length: 20 }, (_, nth) => `deployment ${nth + 1}`);
/** Those whose last changes only the primary has. */
const LATE = DEPLOYMENTS.slice(0, 10);
const REPORTS = Array.from({ length: 10 }, (_, nth) => nth + 1);

type Bases = SyncReply["bases"];
/** A license of its own for the changes that will be lost. */
type Site = Deployment & { door: string };

/** The primary dies with commits that no standby has: they are lost, and every deployment is told. */
export const asynchronous: Scenario = {
  name: "asynchronous standbys that lack the last commits",
  needs: PROGRAMS,
  async run(stage) {
    const { check } = stage;
    const stand = await openStand(stage, { isSynchronous: false });
    const site = { ...(await deploymentOn(stand.signet)), door: stand.signet.door };
    const begun = monthNow();
    const load = startLoad(stand);
    await pause(WORK_MS);
    await load.stop();
    const before = await basesOf(site);
    check("the standbys follow", await until(stand.patroni.isWhole));

    const kill = await primary(stand);
    (await stand.patroni.nodeWith("leader")).replication.silence({ newToo: true });
    const after = await writeTail(stage, site, before);
    const { isReplaced, isBack } = await strike(kill);
    check("a standby becomes the primary", isReplaced);
    check("the previous primary follows it", isBack);

    await areTold(stage, site, after);
    await repeatTail(stage, stand, site);
    check("the store was marked as restored once", (await restores(stand)) === 1);
    await keepsAll(stage, stand, load, begun);
    const broken = await brokenRules(stand.settings);
    check("signet check finds nothing", broken === "", broken);
  },
};

/** Each deployment's position in the assignment log, after a sync. */
async function basesOf(site: Site): Promise<Map<string, Bases>> {
  const none = [{ license: site.number, version: 0 }];
  const bases = new Map<string, Bases>();
  for (const name of DEPLOYMENTS) bases.set(name, (await syncAs(site, site, name, none, [])).bases);
  return bases;
}

/** Changes that are acknowledged and that no standby receives. */
async function writeTail({ check }: Stage, site: Site, before: Map<string, Bases>) {
  const after = new Map(before);
  for (const name of LATE)
    after.set(name, (await syncAs(site, site, name, before.get(name) ?? [], [subjectOf(name)])).bases);
  const reports = [];
  for (const sequence of REPORTS) reports.push((await site.report(site.door, sequence)).status);
  const areTaken = reports.every((status) => status === 200);
  check(`${LATE.length} seats and ${REPORTS.length} reports are acknowledged`, areTaken, reports);
  return after;
}

/** Every deployment, with and without lost changes, gets a snapshot in the same new epoch. */
async function areTold({ check }: Stage, site: Site, after: Map<string, Bases>): Promise<void> {
  const replies = [];
  for (const [name, bases] of after) replies.push(await syncAs(site, site, name, bases, []));
  const told = replies.filter(({ snapshot }) => snapshot === true).length;
  check(`${told} of ${after.size} deployments get a snapshot`, told === after.size);
  const epochs = new Set(replies.map(({ bases }) => bases[0]?.epoch));
  const previous = after.get(LATE[0] ?? "")?.[0]?.epoch;
  check("all of them in one new epoch", epochs.size === 1 && !epochs.has(previous), [...epochs, previous]);
  const kept = replies.at(-1)?.patches.length ?? 0;
  check(
    `${LATE.length - kept} of ${LATE.length} seats are lost, as the database lost them`,
    kept < LATE.length,
  );
}

/** What deployments send again is there once. */
async function repeatTail({ check }: Stage, { signet }: Stand, site: Site): Promise<void> {
  const lost = 5 * REPORTS.length - (await totalOf(signet, site));
  check(`${lost} of ${5 * REPORTS.length} minutes are lost`, lost > 0);
  const none = [{ license: site.number, version: 0 }];
  for (const name of LATE) await syncAs(site, site, name, none, [subjectOf(name)]);
  for (const sequence of REPORTS) await site.report(site.door, sequence);
  const { patches } = await syncAs(site, site, "somebody new", none, []);
  const seats = patches.map(({ subject }) => subject).sort();
  check("sent again, each seat is there once", seats.join() === LATE.map(subjectOf).sort().join(), seats);
  const total = await totalOf(signet, site);
  check("sent again, each report counts once", total === 5 * REPORTS.length, total);
}

function subjectOf(deployment: string): string {
  return `acme\\user of ${deployment}`;
}

async function restores({ patroni }: Stand): Promise<number> {
  const node = await patroni.nodeWith("leader");
  const [row] = await node.query<{ count: string }>(
    "SELECT count(*) FROM audit_event WHERE action = 'installation.restored'",
  );
  return Number(row?.count);
}
