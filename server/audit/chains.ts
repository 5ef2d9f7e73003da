import { Refusal } from "@/domain/refusals/refusal";
import { store } from "@/server/store/store";
import { type Verification, verifyChain } from "./chain";

const BATCH = 1000;

/** Every chain that has a head or an event, by name. Only a batch of names is in memory. */
export async function* storedChains(): AsyncGenerator<string> {
  for (let last = ""; ; ) {
    const rows = await store().db.$queryRaw<{ chain: string }[]>`
      SELECT chain FROM (SELECT 'installation' AS chain UNION SELECT license FROM roster
        UNION SELECT chain FROM audit_event) c
      WHERE chain > ${last} ORDER BY chain LIMIT ${BATCH}`;
    for (const { chain } of rows) yield chain;
    const end = rows.at(-1);
    if (!end) return;
    last = end.chain;
  }
}

/** Verifies a stored chain; one whose license is gone is broken, unless its events are gone too. */
export async function verifyStored(chain: string): Promise<Verification> {
  try {
    return await verifyChain(chain);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const first = await store().db.auditEvent.findFirst({ where: { chain }, orderBy: { sequence: "asc" } });
    // A temporary copy ended in the meantime, and its chain with it.
    if (!first) return { chain, events: 0, whole: true };
    const bad = { sequence: Number(first.sequence), id: first.id, reason: "belongs to no license" };
    return { chain, events: 0, whole: false, bad };
  }
}
