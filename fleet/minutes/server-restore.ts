import type { Backend } from "@/fleet/backend";
import { createDatabase, dropDatabase, withDatabase } from "@/scripts/databases";
import { prepareInstallation } from "@/server/maintenance/installation";
import { closeStore, openStore, store } from "@/server/store/store";
import { at, type Scene } from "./disruptions";
import { count } from "./record";

type Lease = { id: string; granted: bigint; lastContact: Date };

const HOUR = 3_600_000;
/** A backup is made after this share of the run, and put back a while later; what was granted between them is lost. */
const BACKUP_AT = 0.45;
const TAIL = 2 * HOUR;
/** The license's `leaseHours`. */
const HOLD = 12 * HOUR;

/** Puts the server's database back to a backup, once. */
export function openServerRestore(
  scene: Scene,
  { env }: Backend,
  { DATABASE_URL = "" }: Record<string, string>,
) {
  const { timeline, record, hours } = scene;
  let backup: string | null = null;

  const backUp = async () => {
    const { pathname } = new URL(DATABASE_URL);
    await closeStore();
    backup = await createDatabase(withDatabase(DATABASE_URL, "postgres"), pathname.slice(1));
    await openStore(env);
  };

  const putBack = async () => {
    if (backup === null) return;
    const lost = await leases();
    const now = timeline.now();
    count(record, "restores of the server");
    await closeStore();
    await openStore({ ...env, DATABASE_URL: withDatabase(DATABASE_URL, backup) });
    await prepareInstallation(new Date(now));
    const known = new Map((await leases()).map((lease) => [lease.id, lease]));
    timeline.after(HOLD, async () => {
      record.lostMinutes += silentMinutes(lost, known, await leases(), new Date(now));
    });
  };

  return {
    schedule() {
      at(scene, BACKUP_AT * hours * HOUR, backUp);
      at(scene, BACKUP_AT * hours * HOUR + TAIL, putBack);
    },
    async close() {
      if (backup !== null) await dropDatabase(withDatabase(DATABASE_URL, "postgres"), backup);
    },
  };
}

/** What the lost tail had granted to runs that never called during the hold. */
function silentMinutes(lost: Lease[], known: Map<string, Lease>, after: Lease[], since: Date): number {
  const heard = new Set(after.filter(({ lastContact }) => lastContact >= since).map(({ id }) => id));
  return lost
    .filter(({ id }) => !heard.has(id))
    .reduce((sum, { id, granted }) => sum + Math.max(0, Number(granted - (known.get(id)?.granted ?? 0n))), 0);
}

function leases(): Promise<Lease[]> {
  return store().db.minuteLease.findMany({ select: { id: true, granted: true, lastContact: true } });
}
