import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { canGrant, isRole, type Role } from "@/domain/roles";
import type { ApiToken, Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { allowOnCustomer, allowOnLicense, type Principal } from "@/server/access/gate";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { behind, decodeCursor, type Keyset, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { env } from "@/server/store/env";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { endOfMaker, limitTokensOf } from "./token-makers";

export type NewToken = {
  name: string;
  role: Role;
  license?: string;
  /** The customers to which a license-admin token is limited; by default those of its creator. */
  customers?: string[];
  expires?: Date;
};

export type TokenSummary = {
  id: string;
  name: string;
  role: Role;
  license: string | null;
  customers: string[];
  createdBy: string;
  created: Date;
  expires: Date | null;
  lastUsed: Date | null;
  revoked: Date | null;
};

const TOKEN = /^sgn_[A-Za-z0-9_-]{43}$/;
const USE_NOTED_EVERY_MS = 60_000;

/** The bootstrap token of the environment, an owner. */
const ENVIRONMENT: Principal = {
  kind: "token",
  id: "environment",
  name: "SIGNET_ADMIN_TOKEN",
  role: "owner",
  customers: null,
  license: null,
};

/**
 * Creates a token with at most the creator's role and scope. Only this result has its text. `alongside` are more writes
 * in the same transaction, under the lock of the installation.
 */
export async function createToken(
  maker: Principal,
  wanted: NewToken,
  actor: Actor,
  now: Date,
  alongside?: (tx: Tx, row: ApiToken) => Promise<void>,
): Promise<TokenSummary & { token: string }> {
  if (!canGrant(maker.role, wanted.role))
    throw new Refusal(
      "FORBIDDEN",
      `The role ${maker.role} can't create a token with the role ${wanted.role}.`,
    );
  const license = wanted.license ?? maker.license;
  if (license) await allowOnLicense(maker, "tokens.write", license);
  const customers = await customersFor(maker, wanted, license);
  const token = `sgn_${randomBytes(32).toString("base64url")}`;
  const { name, role } = wanted;
  const data = {
    ...{ id: uuidv7(), name, role, license, customers, hash: new Uint8Array(digest(token)) },
    ...{ createdBy: maker.id, createdAt: now },
  };
  const row = await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const expiresAt = endFor(wanted.expires ?? null, await endOfMaker(tx, maker), now);
    const details = { name, role, license, customers, expires: expiresAt?.toISOString() ?? null };
    await recordEvents(tx, INSTALLATION, actor, now, [{ action: "token.created", object: data.id, details }]);
    const made = await tx.apiToken.create({ data: { ...data, expiresAt } });
    await alongside?.(tx, made);
    return made;
  });
  return { ...summaryOf(row), token };
}

/** The tokens that a person can see: all of them, or their own. */
export async function listTokens(
  principal: Principal,
  { limit, cursor }: Slice,
): Promise<Page<TokenSummary>> {
  const filter = ["tokens"];
  const rows = await store().db.apiToken.findMany({
    where: { AND: [tokenScope(principal), behind(decodeCursor(cursor, filter), NEWEST)] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ id, createdAt }) => ({ key: createdAt.toISOString(), id }));
  return { items: page.items.map(summaryOf), cursor: page.cursor };
}

/** Revokes a token at once, and those that were created with it. Throws `ALREADY_REVOKED`. */
export async function revokeToken(principal: Principal, id: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const row = await tx.apiToken.findFirst({ where: { id, ...tokenScope(principal) } });
    if (!row) throw nothingHere();
    if (row.revokedAt)
      throw new Refusal("ALREADY_REVOKED", "This token was already revoked. Nothing was changed.");
    await endToken(tx, row, actor, now);
  });
}

/** Revokes a token under the lock of the installation, which the caller holds. */
export async function endToken(tx: Tx, { id, name }: ApiToken, actor: Actor, now: Date): Promise<void> {
  await tx.apiToken.update({ where: { id }, data: { revokedAt: now } });
  const event: AuditEvent = { action: "token.revoked", object: id, details: { name } };
  const events = [event, ...(await limitTokensOf(tx, id, null, now))];
  await recordEvents(tx, INSTALLATION, actor, now, events);
}

/** The principal of a bearer text; null if it isn't one of our tokens, has expired or was revoked. */
export async function principalOfToken(text: string, now: Date): Promise<Principal | null> {
  const admin = env().SIGNET_ADMIN_TOKEN;
  if (admin && timingSafeEqual(digest(text), digest(admin))) return ENVIRONMENT;
  if (!TOKEN.test(text)) return null;
  const row = await store().db.apiToken.findUnique({ where: { hash: new Uint8Array(digest(text)) } });
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) return null;
  await noteUse(row, now);
  return principalOfRow(row);
}

/** What a token may do. */
export function principalOfRow(row: ApiToken): Principal {
  const { id, name, license } = row;
  const { role } = summaryOf(row);
  const isConfined = role === "license-admin" && !(license && row.customers.length === 0);
  return { kind: "token", id, name, role, license, customers: isConfined ? row.customers : null };
}

const NEWEST: Keyset<Prisma.ApiTokenWhereInput> = {
  direction: "desc",
  onKey: (createdAt) => ({ createdAt }),
  onId: (id) => ({ id }),
};

async function customersFor(maker: Principal, { role, customers = [] }: NewToken, license: string | null) {
  if (role !== "license-admin") {
    if (customers.length > 0) throw refusedPlace("Only license-admin tokens can be limited to customers.");
    return [];
  }
  for (const id of customers) await allowOnCustomer(maker, "tokens.write", id);
  if (customers.length > 0) return customers;
  if (!maker.customers && !license)
    throw refusedPlace("Name the customers or the license for a license-admin token.");
  return maker.customers ?? [];
}

/** A token ends with its creator by default; a later end is refused. */
function endFor(wanted: Date | null, endOfMaker: Date | null, now: Date): Date | null {
  if (wanted && wanted <= now) throw refusedEnd("The end of a token must be in the future.");
  if (wanted && endOfMaker && wanted > endOfMaker)
    throw refusedEnd(
      `A token can't outlive the token that creates it, which ends ${endOfMaker.toISOString()}.`,
    );
  return wanted ?? endOfMaker;
}

function refusedEnd(title: string): Refusal {
  return new Refusal("INVALID_BODY", title, {
    faults: [{ code: "INVALID_EXPIRY", title, pointer: "/expires" }],
  });
}

function refusedPlace(title: string): Refusal {
  return new Refusal("INVALID_BODY", title, {
    faults: [{ code: "INVALID_SCOPE", title, pointer: "/customers" }],
  });
}

/** Owners and auditors whose scope is the whole installation see every token, others their own. */
export function tokenScope({ id, role, license, customers }: Principal) {
  const seesAll = (role === "owner" || role === "auditor") && !license && !customers;
  return seesAll ? {} : { createdBy: id };
}

/** At most once a minute: a row that every request writes would be a lock that every request waits for. */
async function noteUse({ id, lastUsedAt }: ApiToken, now: Date): Promise<void> {
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < USE_NOTED_EVERY_MS) return;
  await store().db.apiToken.updateMany({ where: { id, lastUsedAt }, data: { lastUsedAt: now } });
}

export function summaryOf(row: ApiToken): TokenSummary {
  const { id, name, role, license, customers, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
  if (!isRole(role)) throw new Error(`Token ${id} has the role ${role}.`);
  return {
    ...{ id, name, role, license, customers, createdBy },
    ...{ created: createdAt, expires: expiresAt, lastUsed: lastUsedAt, revoked: revokedAt },
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
