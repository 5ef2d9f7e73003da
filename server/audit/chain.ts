import { timingSafeEqual } from "node:crypto";
import { auditText, foldedInto, NOTHING_FOLDED } from "@/domain/audit-chain";
import { nothingHere } from "@/domain/refusals/refusal";
import type { AuditEvent as AuditRow } from "@/prisma/client/client";
import { allow, allowOnLicense, type Principal } from "@/server/access/gate";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { mac } from "@/server/store/secret";
import { store } from "@/server/store/store";
import { NO_HASH } from "./audit";
import { type ChainedEvent, eventOf, hex } from "./log";

/** Whether a chain is intact; `bad` is the first event that doesn't fit. */
export type Verification =
  | { chain: string; events: number; whole: true }
  | {
      chain: string;
      events: number;
      whole: false;
      bad: { sequence: number; id: string | null; reason: string };
    };

const BATCH = 1000;

/** Allows only principals who may read, verify and export a chain. */
export async function allowOnChain(principal: Principal, chain: string): Promise<void> {
  if (chain !== INSTALLATION) return allowOnLicense(principal, "audit.read", chain);
  if (principal.license !== null) throw nothingHere();
  allow(principal, "installation-audit.read");
}

/** A chain from its first event to its current last one, in parts. */
export async function* chainEvents(chain: string): AsyncGenerator<ChainedEvent[]> {
  const end = await endOf(chain);
  let before: string | null = null;
  for (let sequence = 0; sequence < end.sequence; ) {
    const rows: AuditRow[] = await store().db.auditEvent.findMany({
      where: { chain, sequence: { gt: sequence, lte: end.sequence } },
      orderBy: { sequence: "asc" },
      take: BATCH,
    });
    if (rows.length === 0) return;
    const events: ChainedEvent[] = [];
    for (const row of rows) {
      events.push({ ...eventOf(row), hash: hex(row.hash), before });
      before = hex(row.hash);
    }
    yield events;
    sequence = Number(rows.at(-1)?.sequence);
  }
}

/** Computes a chain again from its first event and finds the first one that was changed, removed or inserted. */
export async function verifyChain(chain: string): Promise<Verification> {
  const steps = verifySteps(chain);
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  return step.value;
}

/** Verifies a chain, and reports from time to time how many events are done. */
export async function* verifySteps(
  chain: string,
): AsyncGenerator<{ events: number; of: number }, Verification> {
  const end = await endOf(chain);
  const { mac: key } = await dataKeys(INSTALLATION);
  let head: Uint8Array = NO_HASH;
  let sequence = 0;
  let folded = NOTHING_FOLDED;
  for (;;) {
    const rows = await store().db.auditEvent.findMany({
      where: { chain, sequence: { gt: sequence, lte: end.sequence } },
      orderBy: { sequence: "asc" },
      take: BATCH,
    });
    for (const row of rows) {
      const expected = sequence + 1;
      if (Number(row.sequence) !== expected) return broken(chain, expected, null, "is missing");
      if (!sameHash(row.hash, mac(key, auditText(eventOf(row), head))))
        return broken(chain, expected, row.id, "was changed, or one before it was");
      const next = foldedInto(folded, row);
      if (!next) return broken(chain, expected, row.id, "is not stored as it was written");
      folded = next;
      head = row.hash;
      sequence = expected;
    }
    if (rows.length < BATCH) break;
    yield { events: sequence, of: end.sequence };
  }
  if (sequence < end.sequence) return broken(chain, sequence + 1, null, "is missing");
  if (folded.last) return broken(chain, sequence, null, "is not stored as it was written");
  if (!sameHash(head, end.hash)) return broken(chain, sequence, null, "is not the last one of the chain");
  if (await hasStray(chain)) return broken(chain, sequence + 1, null, "was inserted");
  return { chain, events: sequence, whole: true };
}

async function endOf(chain: string): Promise<{ sequence: number; hash: Uint8Array }> {
  const { db } = store();
  const row =
    chain === INSTALLATION
      ? await db.installation.findUnique({ where: { id: 1 } })
      : await db.roster.findUnique({ where: { license: chain } });
  if (!row) throw nothingHere();
  return { sequence: Number(row.auditSequence), hash: row.auditHead };
}

/** Whether there are events after the end, read in one statement because the chain may grow in the meantime. */
async function hasStray(chain: string): Promise<boolean> {
  const [row] = await store().db.$queryRaw<{ stray: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM audit_event e WHERE e.chain = ${chain} AND e.sequence > CASE
      WHEN ${chain} = ${INSTALLATION} THEN (SELECT audit_sequence FROM installation WHERE id = 1)
      ELSE (SELECT audit_sequence FROM roster WHERE license = ${chain}) END) AS stray`;
  return row?.stray ?? false;
}

function broken(chain: string, sequence: number, id: string | null, reason: string): Verification {
  return { chain, events: sequence - 1, whole: false, bad: { sequence, id, reason } };
}

function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
