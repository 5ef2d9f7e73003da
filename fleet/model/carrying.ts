import { taken } from "./exchange";
import type { Scene } from "./scene";
import type { Sent } from "./server";

const HOUR = 3_600_000;
const LONGEST_TRIP = 6 * HOUR;

/** Somebody copies the logs of the deployment without a network, and uploads the copy later, sometimes twice. */
export async function carryLogs(scene: Scene): Promise<void> {
  const { offline, random, timeline } = scene;
  if (!offline.machine.life) return;
  const logs = offline.copyLogs();
  for (let trip = random.chance(0.3) ? 2 : 1; trip > 0; trip -= 1)
    timeline.after(random.next() * LONGEST_TRIP, () => handIn(scene, logs));
}

/** Uploads logs; now and then a reply doesn't find its way back. */
async function handIn(scene: Scene, logs: readonly Sent[]): Promise<void> {
  const { offline, random, timeline } = scene;
  const replies = await uploaded(scene, logs);
  const reply = random.chance(0.5) ? replies.shift() : replies.pop();
  if (!reply || random.chance(0.3)) return;
  const jwks = await publicKeys(scene);
  if (jwks) timeline.after(random.next() * LONGEST_TRIP, () => offline.bring({ jwks, reply }));
}

/** The last trip: everything is uploaded, and the reply about the seats brought back. */
export async function carryAtLast(scene: Scene): Promise<void> {
  const { offline } = scene;
  const [reply] = await uploaded(scene, offline.copyLogs());
  const jwks = await publicKeys(scene);
  if (jwks) await offline.bring({ jwks, reply });
}

async function uploaded(scene: Scene, logs: readonly Sent[]): Promise<string[]> {
  const replies: string[] = [];
  for (const log of logs) {
    const reply = await scene.inTurn(() => taken(scene, log));
    if (reply?.status === 200) replies.push(reply.body);
  }
  return replies;
}

async function publicKeys(scene: Scene): Promise<string | null> {
  const asked = { method: "GET", path: "/.well-known/jwks.json", headers: {}, body: "" };
  const reply = await scene.inTurn(() => taken(scene, asked));
  return reply?.body ?? null;
}
