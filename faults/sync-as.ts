import { newPatch, type SyncReply, sync } from "@/e2e/product";
import type { Deployment } from "./deployment";
import { until } from "./until";

/** A sync of a deployment; until the server has a connection again it is 503, and the same request is repeated. */
export async function syncAs(
  { number, key }: Pick<Deployment, "number" | "key">,
  { door }: { door: string },
  source: string,
  bases: SyncReply["bases"],
  subjects: string[],
): Promise<SyncReply> {
  const request = { source, bases, patches: subjects.map((subject) => newPatch(number, subject)) };
  let reply: SyncReply | undefined;
  await until(async () => {
    const response = await sync({ door, key }, request).catch(() => null);
    if (response?.body.code && response.status !== 503)
      throw new Error(`A sync was answered ${response.status} ${response.body.code}.`);
    if (response?.status === 200) reply = response.body;
    return reply !== undefined;
  });
  if (!reply) throw new Error("A sync was not answered.");
  return reply;
}
