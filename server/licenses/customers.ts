import { uuidv7 } from "uuidv7";
import { foldSubject } from "@/domain/assignments/subject";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { customerScope, type Principal } from "@/server/access/gate";
import { refuseHidden } from "@/server/access/new-names";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import {
  behind,
  decodeCursor,
  type Keyset,
  literal,
  type Page,
  pageOf,
  type Slice,
} from "@/server/store/cursor";
import { type Expected, isExpected, tagOf } from "@/server/store/entity-tag";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { notesLike } from "./notes";

export type CustomerSummary = { id: string; name: string; licenses: number; created: Date };

/** Creates a customer. Throws `NAME_TAKEN`, ignoring case. */
export async function createCustomer(name: string, actor: Actor, now: Date): Promise<CustomerSummary> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    refuseHidden(name, "/name");
    await refuseTaken(tx, name);
    return summaryOf(await insertCustomer(tx, name, actor, now));
  });
}

/** Creates customers that are removed with the sample data. Throws the refusals of `refuseSecondSample`. */
export async function createSampleCustomers(names: string[], actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await refuseSecondSample(tx, names);
    for (const name of names) await insertCustomer(tx, name, actor, now, true);
  });
}

/** Refuses an installation with sample data, `CHANGED_MEANWHILE`, or with a customer of the same name, `NAME_TAKEN`. */
export async function refuseSecondSample(tx: Tx, names: readonly string[]): Promise<void> {
  if ((await tx.customer.count({ where: { isSample: true } })) > 0)
    throw new Refusal("CHANGED_MEANWHILE", "Sample data is already loaded. Remove it first.");
  const nameKeys = names.map((name) => foldSubject(name));
  const holder = await tx.customer.findFirst({ where: { nameKey: { in: nameKeys } } });
  if (holder)
    throw new Refusal(
      "NAME_TAKEN",
      `You already have a customer ${holder.name}, and so does the sample data. Rename yours first.`,
    );
}

/** The tag of a customer's editable fields. */
export function customerTag({ id, name }: Pick<CustomerSummary, "id" | "name">): string {
  return tagOf([id, name]);
}

/** `expected` is the tag that the caller saw. Throws `VERSION_MISMATCH` if it has changed. */
export async function renameCustomer(
  id: string,
  name: string,
  actor: Actor,
  now: Date,
  expected: Expected = null,
): Promise<CustomerSummary> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const before = await tx.customer.findUnique({ where: { id } });
    if (!before) throw nothingHere();
    if (!isExpected(expected, customerTag(before))) throw otherName(before);
    refuseHidden(name, "/name");
    await refuseTaken(tx, name, id);
    const event: AuditEvent = {
      action: "customer.renamed",
      object: id,
      details: { before: before.name, after: name },
    };
    await recordEvents(tx, INSTALLATION, actor, now, [event]);
    const data = { name, nameKey: foldSubject(name) };
    return summaryOf(await tx.customer.update({ where: { id }, data, include: COUNTED }));
  });
}

/** The customer of this name; an unknown one is created. */
export async function ensureCustomer(
  tx: Tx,
  name: string,
  actor: Actor,
  now: Date,
): Promise<{ id: string; name: string }> {
  const where = { nameKey: foldSubject(name) };
  const known = await tx.customer.findUnique({ where });
  if (known) return known;
  refuseHidden(name, "/customer");
  await lockInstallation(tx);
  return (await tx.customer.findUnique({ where })) ?? insertCustomer(tx, name, actor, now);
}

export async function customerById(id: string): Promise<CustomerSummary> {
  const row = await store().db.customer.findUnique({ where: { id }, include: COUNTED });
  if (!row) throw nothingHere();
  return summaryOf(row);
}

/** The customers that a principal can see, by name. */
export async function listCustomers(
  principal: Principal,
  { query = "", limit, cursor }: Slice & { query?: string },
): Promise<Page<CustomerSummary>> {
  const filter = ["customers", query];
  const rows = await store().db.customer.findMany({
    where: { AND: [customersWhere(principal, query), behind(decodeCursor(cursor, filter), BY_NAME)] },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
    take: limit + 1,
    include: COUNTED,
  });
  const { items, cursor: next } = pageOf(rows, limit, filter, ({ nameKey, id }) => ({ key: nameKey, id }));
  return { items: items.map(summaryOf), cursor: next };
}

/** All customers in scope whose name or notes contain the text, in no order. */
export async function customersCalled(principal: Principal, query: string): Promise<CustomerSummary[]> {
  const where = customersWhere(principal, query);
  return (await store().db.customer.findMany({ where, include: COUNTED })).map(summaryOf);
}

/** How many customers in scope match. */
export function countCustomers(principal: Principal, query: string): Promise<number> {
  return store().db.customer.count({ where: customersWhere(principal, query) });
}

/** Every customer that a principal can see, by name, to choose from. */
export function customerChoices(principal: Principal): Promise<{ id: string; name: string }[]> {
  return store().db.customer.findMany({
    where: customerScope(principal),
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
}

const COUNTED = { _count: { select: { licenses: { where: { copyOf: null } } } } } as const;

const BY_NAME: Keyset<Prisma.CustomerWhereInput> = {
  direction: "asc",
  onKey: (nameKey) => ({ nameKey }),
  onId: (id) => ({ id }),
};

function customersWhere(principal: Principal, query: string): Prisma.CustomerWhereInput {
  if (!query) return customerScope(principal);
  const noted = notesLike(principal.role, query);
  const named: Prisma.CustomerWhereInput[] = [{ nameKey: { contains: literal(foldSubject(query)) } }];
  return {
    AND: [customerScope(principal), { OR: [...named, ...(noted ? [{ notes: { is: noted } }] : [])] }],
  };
}

function otherName(customer: { id: string; name: string }): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    `This customer was renamed to ${customer.name} in the meantime. Save again to rename it anyway.`,
    { etag: customerTag(customer) },
  );
}

async function refuseTaken(tx: Tx, name: string, except?: string): Promise<void> {
  const holder = await tx.customer.findUnique({ where: { nameKey: foldSubject(name) } });
  if (!holder || holder.id === except) return;
  throw new Refusal("NAME_TAKEN", `There is already a customer ${holder.name}. Names are case-insensitive.`);
}

async function insertCustomer(tx: Tx, name: string, actor: Actor, now: Date, isSample = false) {
  const id = uuidv7();
  await recordEvents(tx, INSTALLATION, actor, now, [
    { action: "customer.created", object: id, details: { name } },
  ]);
  const data = { id, name, nameKey: foldSubject(name), isSample, createdAt: now };
  return tx.customer.create({ data, include: COUNTED });
}

type Counted = { id: string; name: string; createdAt: Date; _count: { licenses: number } };

function summaryOf({ id, name, createdAt, _count }: Counted): CustomerSummary {
  return { id, name, licenses: _count.licenses, created: createdAt };
}
