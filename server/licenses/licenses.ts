import { randomInt } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Allotment, Definition, Parameter } from "@/domain/licenses/definition";
import { definitionVersion } from "@/domain/licenses/definition-version";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { newEpoch } from "@/server/restores/restores";
import { createDataKeys } from "@/server/secrets/data-keys";
import { store, type Tx } from "@/server/store/store";
import { ensureCustomer } from "./customers";
import { currentDefinition } from "./definitions";
import type { License, LicenseSettings } from "./license";
import { contentColumns, refuseErrors, refuseHiddenNames, writeDefinition } from "./license-definitions";
import { licenseOf } from "./license-representation";

export type NewLicense = {
  /** A customer's id, or a name; an unknown name makes a new customer. */
  customer: string;
  number?: string;
  products?: string[];
  product: string;
  valid?: string;
  trial?: boolean;
  allotments: Allotment[];
  parameters?: Parameter[];
  settings?: Partial<LicenseSettings>;
};

/** What makes a license a throw-away copy: of which one, whose it is, and its end. */
export type LicenseCopyMark = { copyOf: string; copiedBy: string; copyEnds: Date };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NO_HASH = new Uint8Array(32);

/** Creates a license with all that belongs to it, and `along` with it or not at all; refuses `NUMBER_TAKEN`. */
export async function createLicense(
  wanted: NewLicense,
  actor: Actor,
  now: Date,
  copy?: LicenseCopyMark,
  along?: (tx: Tx, number: string) => Promise<void>,
): Promise<License> {
  const { product, valid = "", trial = false, allotments, parameters = [] } = wanted;
  const definition: Definition = { product, valid, trial, allotments, parameters };
  refuseErrors(definition);
  if (!copy) refuseHiddenNames(definition, []);
  return store().db.$transaction(async (tx) => {
    const customer = await customerFor(tx, wanted.customer, actor, now);
    const number = await takeNumber(tx, wanted.number);
    await createDataKeys(tx, number);
    const row = await tx.license.create({
      data: {
        ...wanted.settings,
        ...copy,
        number,
        customerId: customer.id,
        products: wanted.products ?? [product],
        ...contentColumns(definition),
        version: definitionVersion(definition),
        definitionId: uuidv7(),
        createdAt: now,
        updatedAt: now,
      },
    });
    await writeDefinition(tx, row, definition, now, actor);
    const details = { customer: customer.id, version: row.version, products: row.products };
    await recordEvents(tx, number, actor, now, [{ action: "license.created", object: number, details }]);
    await along?.(tx, number);
    return licenseOf({ ...row, customer }, definition, now);
  });
}

/** A license with the definition in force. */
export async function licenseByNumber(number: string, now: Date): Promise<License> {
  const row = await store().db.license.findUnique({ where: { number }, include: { customer: true } });
  if (!row) throw nothingHere();
  const definition = await currentDefinition(number, row.definitionId);
  return licenseOf(row, definition, now);
}

/** Takes the wanted number, or a random one of 16 digits that does not begin with 0, by making its roster. */
async function takeNumber(tx: Tx, wanted?: string): Promise<string> {
  const number = wanted ?? randomNumber();
  const logHead = { license: number, epoch: newEpoch(), auditHead: NO_HASH };
  const { count } = await tx.roster.createMany({ data: [logHead], skipDuplicates: true });
  if (count === 1) return number;
  if (wanted === undefined) return takeNumber(tx);
  throw new Refusal(
    "NUMBER_TAKEN",
    `License ${number} already exists. Leave the number out to get one assigned.`,
  );
}

function randomNumber(): string {
  const digits = (count: number) => String(randomInt(0, 10 ** count)).padStart(count, "0");
  return `${randomInt(1, 10)}${digits(7)}${digits(8)}`;
}

async function customerFor(tx: Tx, customer: string, actor: Actor, now: Date) {
  if (!UUID.test(customer)) return ensureCustomer(tx, customer, actor, now);
  const known = await tx.customer.findUnique({ where: { id: customer } });
  if (known) return known;
  const fault = {
    code: "UNKNOWN_CUSTOMER",
    title: "There is no customer with this id",
    pointer: "/customer",
  };
  throw new Refusal("INVALID_BODY", `${fault.title}.`, { faults: [fault] });
}
