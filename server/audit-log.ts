import { timingSafeEqual } from "node:crypto";
import { auditText } from "@/domain/audit-chain";
import { rightOf } from "@/domain/roles";
import type { AuditEvent as AuditRow, Prisma } from "@/prisma/client/client";
import { behind, decodeCursor, type Keyset, literal, type Page, pageOf, type Slice } from "./cursor";
import { dataKeys, INSTALLATION } from "./data-keys";
import { licenseScope, nothingHere, type Principal } from "./gate";
import { mac } from "./sealing";
import { store } from "./store";

export type AuditEvent = {
  id: string;
  chain: string;
  sequence: number;
  at: Date;
  actorKind: string;
  actor: string;
  action: string;
  object: string;
  details: unknown;
  address: string | null;
  requestId: string | null;
};

export type AuditFilter = {
  /** A license number or `installation`. */
  chain?: string;
  actor?: string;
  /** A whole action, or a noun like `license`, which stands for all of its actions. */
  action?: string;
  object?: string;
  from?: Date;
  to?: Date;
};

/** Whether a chain is whole; `bad` is the first event that does not fit. */
export type Verification =
  | { chain: string; events: number; whole: true }
  | {
      chain: string;
      events: number;
      whole: false;
      bad: { sequence: number; id: string | null; reason: string };
    };

const BATCH = 1000;
const NO_HASH = new Uint8Array(32);

/** What happened, the latest first, as far as one may see it. */
export async function listAudit(
  principal: Principal,
  { limit, cursor, ...filter }: AuditFilter & Slice,
): Promise<Page<AuditEvent>> {
  const asked = ["audit", filter];
  const rows = await store().db.auditEvent.findMany({
    where: {
      AND: [await chainScope(principal), conditions(filter), behind(decodeCursor(cursor, asked), LATEST)],
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, asked, ({ at, id }) => ({ key: at.toISOString(), id }));
  return { items: page.items.map(eventOf), cursor: page.cursor };
}

/** Computes a chain anew from its first event and names the first one that was changed, taken out or put in. */
export async function verifyChain(chain: string): Promise<Verification> {
  const end = await endOf(chain);
  const { mac: key } = await dataKeys(INSTALLATION);
  let head: Uint8Array = NO_HASH;
  let sequence = 0;
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
      head = row.hash;
      sequence = expected;
    }
    if (rows.length < BATCH) break;
  }
  if (sequence < end.sequence) return broken(chain, sequence + 1, null, "is missing");
  if (!sameHash(head, end.hash)) return broken(chain, sequence, null, "is not the one the chain ends with");
  if (await hasStray(chain)) return broken(chain, sequence + 1, null, "was put in");
  return { chain, events: sequence, whole: true };
}

const LATEST: Keyset<Prisma.AuditEventWhereInput> = {
  direction: "desc",
  onKey: (at) => ({ at }),
  onId: (id) => ({ id }),
};

function conditions({ chain, actor, action, object, from, to }: AuditFilter): Prisma.AuditEventWhereInput {
  return {
    chain,
    actor,
    object,
    action: action && !action.includes(".") ? { startsWith: `${literal(action)}.` } : action,
    at: { gte: from, lt: to },
  };
}

/** The chains that one may read. */
async function chainScope(principal: Principal): Promise<Prisma.AuditEventWhereInput> {
  const isConfined = principal.customers !== null || principal.license !== null;
  if (!isConfined) {
    const readsInstallation = rightOf(principal.role, "installation-audit.read") === "yes";
    const hidden = await copiesAlive();
    return { chain: { notIn: readsInstallation ? hidden : [...hidden, INSTALLATION] } };
  }
  const licenses = await store().db.license.findMany({
    where: licenseScope(principal),
    select: { number: true },
  });
  return { chain: { in: licenses.map(({ number }) => number) } };
}

/** Throw-away copies, whose chains go with them. */
async function copiesAlive(): Promise<string[]> {
  const copies = await store().db.license.findMany({
    where: { copyEnds: { not: null } },
    select: { number: true },
  });
  return copies.map(({ number }) => number);
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

/** Whether there are events behind the end, read in one statement because the chain may grow meanwhile. */
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

function eventOf({ hash: _, sequence, ...event }: AuditRow): AuditEvent {
  return { ...event, sequence: Number(sequence) };
}
