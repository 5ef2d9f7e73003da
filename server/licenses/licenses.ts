import { randomInt } from "node:crypto";
import type { Allotment, Definition, Parameter } from "@/domain/licenses/definition";
import type { Notes } from "@/domain/licenses/notes";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { isUuid } from "@/domain/uuid";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, NO_HASH } from "@/server/audit/audit";
import { newEpoch } from "@/server/restores/restores";
import { store, type Tx } from "@/server/store/store";
import { ensureCustomer } from "./customers";
import { currentDefinition } from "./definitions";
import type { License, LicenseSettings } from "./license";
import { refuseErrors, refuseHiddenNames } from "./license-definitions";
import { licenseOf } from "./license-representation";
import { type LicenseCopyMark, type WrittenLicense, writeLicenses } from "./license-writing";

export type NewLicense = {
  /** A customer's id, or a name; an unknown name creates a new customer. */
  customer: string;
  number?: string;
  products?: string[];
  product: string;
  valid?: string;
  trial?: boolean;
  allotments: Allotment[];
  parameters?: Parameter[];
  settings?: Partial<LicenseSettings>;
  notes?: Notes;
};

/** Creates a license with everything that belongs to it. Throws `NUMBER_TAKEN`. */
export async function createLicense(
  wanted: NewLicense,
  actor: Actor,
  now: Date,
  copy?: LicenseCopyMark,
): Promise<License> {
  const definition = checkedDefinition(wanted, copy !== undefined);
  return store().db.$transaction(async (tx) => {
    const customer = await customerFor(tx, wanted.customer, actor, now);
    const number = await takeNumber(tx, wanted.number);
    const draft = { ...draftOf(wanted, definition), number, customerId: customer.id, copy };
    const row = (await writeLicenses(tx, [draft], actor, now)).get(number)?.row;
    if (!row) throw new Error("The license was not written.");
    return licenseOf({ ...row, customer }, definition, now);
  });
}

/** A license with a known number, and more details for the audit event of its creation. */
export type NumberedLicense = NewLicense & { number: string; events?: AuditEvent[] };

/** Creates licenses and runs `along` in the same transaction, all or none. Throws the refusals of `createLicense`. */
export async function createLicenses(
  wanted: readonly NumberedLicense[],
  actor: Actor,
  now: Date,
  along: (tx: Tx, written: Map<string, WrittenLicense>) => Promise<void>,
): Promise<void> {
  const checked = wanted.map((each) => ({ each, definition: checkedDefinition(each, false) }));
  await store().db.$transaction(async (tx) => {
    const ids = new Map<string, string>();
    for (const customer of new Set(wanted.map((each) => each.customer)))
      ids.set(customer, (await customerFor(tx, customer, actor, now)).id);
    await takeNumbers(
      tx,
      wanted.map(({ number }) => number),
    );
    const drafts = checked.map(({ each, definition }) => {
      const { number, events } = each;
      return { ...draftOf(each, definition), number, events, customerId: ids.get(each.customer) ?? "" };
    });
    await along(tx, await writeLicenses(tx, drafts, actor, now));
  });
}

function checkedDefinition(wanted: NewLicense, isCopy: boolean): Definition {
  const { product, valid = "", trial = false, allotments, parameters = [] } = wanted;
  const definition: Definition = { product, valid, trial, allotments, parameters };
  refuseErrors(definition);
  if (!isCopy) refuseHiddenNames(definition, []);
  return definition;
}

function draftOf({ products, settings, notes }: NewLicense, definition: Definition) {
  return { definition, settings, notes, products: products ?? [definition.product] };
}

/** A license with the definition in force. */
export async function licenseByNumber(number: string, now: Date): Promise<License> {
  const row = await store().db.license.findUnique({ where: { number }, include: { customer: true } });
  if (!row) throw nothingHere();
  const definition = await currentDefinition(number, row.definitionId);
  return licenseOf(row, definition, now);
}

/** Reserves the wanted number, or a random one of 16 digits that doesn't begin with 0. */
async function takeNumber(tx: Tx, wanted?: string): Promise<string> {
  const number = wanted ?? randomNumber();
  if ((await freeNumbers(tx, [number])) === 1) return number;
  if (wanted === undefined) return takeNumber(tx);
  throw taken([number]);
}

async function takeNumbers(tx: Tx, numbers: readonly string[]): Promise<void> {
  if ((await freeNumbers(tx, numbers)) < numbers.length) throw taken(numbers);
}

/** Reserves the free ones by creating their log heads, always in one order, and returns how many. */
async function freeNumbers(tx: Tx, numbers: readonly string[]): Promise<number> {
  const data = numbers.toSorted().map((license) => ({ license, epoch: newEpoch(), auditHead: NO_HASH }));
  return (await tx.roster.createMany({ data, skipDuplicates: true })).count;
}

function taken(numbers: readonly string[]): Refusal {
  const happened =
    numbers.length === 1 ? `License ${numbers[0]} already exists.` : "A license already exists.";
  return new Refusal("NUMBER_TAKEN", `${happened} Leave the number out to get one assigned.`);
}

function randomNumber(): string {
  const digits = (count: number) => String(randomInt(0, 10 ** count)).padStart(count, "0");
  return `${randomInt(1, 10)}${digits(7)}${digits(8)}`;
}

async function customerFor(tx: Tx, customer: string, actor: Actor, now: Date) {
  if (!isUuid(customer)) return ensureCustomer(tx, customer, actor, now);
  const known = await tx.customer.findUnique({ where: { id: customer } });
  if (known) return known;
  const fault = {
    code: "UNKNOWN_CUSTOMER",
    title: "There is no customer with this id",
    pointer: "/customer",
  };
  throw new Refusal("INVALID_BODY", `${fault.title}.`, { faults: [fault] });
}
