import {
  CHAIN_DAMAGE,
  type ChainDamage,
  emptyProof,
  endDamage,
  proveEvents,
  type StoredEvent,
} from "@/domain/audit-proof";
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

/** Verifies a chain, and reports from time to time how many events are done. Only a batch of events is in memory. */
export async function* verifySteps(
  chain: string,
): AsyncGenerator<{ events: number; of: number }, Verification> {
  const end = await endOf(chain);
  const { mac: key } = await dataKeys(INSTALLATION);
  let proof = emptyProof(NO_HASH);
  for (;;) {
    const rows = await store().db.auditEvent.findMany({
      where: { chain, sequence: { gt: proof.sequence, lte: end.sequence } },
      orderBy: { sequence: "asc" },
      take: BATCH,
    });
    const next = proveEvents(proof, rows.map(storedEvent), (text) => mac(key, text));
    if ("reason" in next) return broken(chain, next, rows);
    proof = next;
    if (rows.length < BATCH) break;
    yield { events: proof.sequence, of: end.sequence };
  }
  const damage = endDamage(proof, end);
  if (damage) return broken(chain, damage);
  const stray = { sequence: proof.sequence + 1, reason: CHAIN_DAMAGE.inserted };
  if (await hasStray(chain)) return broken(chain, stray);
  return { chain, events: proof.sequence, whole: true };
}

function storedEvent(row: AuditRow): StoredEvent {
  return { ...row, sequence: Number(row.sequence) };
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

function broken(
  chain: string,
  { sequence, reason }: ChainDamage,
  rows: readonly AuditRow[] = [],
): Verification {
  const id = rows.find((row) => Number(row.sequence) === sequence)?.id ?? null;
  return { chain, events: sequence - 1, whole: false, bad: { sequence, id, reason } };
}
