import { uuidv7 } from "uuidv7";
import { definitionFacts } from "@/domain/events/definition-facts";
import { type Definition, definitionErrors, nameKey, type UsageClass } from "@/domain/licenses/definition";
import { definitionVersion } from "@/domain/licenses/definition-version";
import { seatsInForce } from "@/domain/licenses/excess";
import { parseValidity } from "@/domain/licenses/validity";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { License as LicenseRow, Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { hiddenErrors } from "@/server/access/new-names";
import { recordEvents } from "@/server/audit/audit";
import { type Expected, isExpected } from "@/server/store/entity-tag";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import type { LicenseWithCustomer } from "./license";
import { licenseOf } from "./license-representation";
import { licenseTag, otherDefinition } from "./license-tag";
import { type OpenPromise, openPromises } from "./open-promises";

/** The effect of a definition on assignments: seats that become free, and assignments beyond the units, by allotment. */
export type DefinitionEffect = {
  version: string;
  frees: number;
  excess: { allotment: string; count: number }[];
  /** What open signed definitions still grant; absent if there are none. */
  promises?: OpenPromise[];
};

type Pool = { key: string; name: string; class: UsageClass; live: number };

/**
 * Puts a definition in force from now on; the same content changes nothing. `expected` is the version, or the tag of
 * the license, that the caller saw: it protects the change of somebody else (`VERSION_MISMATCH`). With `dryRun` it
 * only returns the effect.
 */
export async function putDefinition(
  number: string,
  definition: Definition,
  expected: Expected,
  dryRun: boolean,
  actor: Actor,
  now: Date,
): Promise<DefinitionEffect> {
  return onLockedLicense(number, definition, expected, now, async (tx, license, effect) => {
    if (!dryRun) await replaceDefinition(tx, license, definition, actor, now);
    return effect;
  });
}

/** Checks a definition under the lock of its license: errors are refused, and `work` gets its effect. */
export async function onLockedLicense<T>(
  number: string,
  definition: Definition,
  expected: Expected,
  now: Date,
  work: (tx: Tx, license: LicenseRow, effect: DefinitionEffect) => Promise<T>,
): Promise<T> {
  refuseErrors(definition);
  return store().db.$transaction(async (tx) => {
    const license = await lockedLicense(tx, number);
    await refuseOther(tx, license, expected, now);
    const allotments = await tx.allotment.findMany({ where: { licenseNumber: number } });
    refuseOtherClass(definition, allotments);
    refuseHiddenNames(definition, allotments);
    return work(tx, license, await effectOf(tx, license, definition, allotments, now));
  });
}

/** Reads a license under its lock. */
export async function lockedLicense(tx: Tx, number: string): Promise<LicenseWithCustomer> {
  await lockLicense(tx, number);
  const license = await tx.license.findUnique({ where: { number }, include: { customer: true } });
  if (!license) throw nothingHere();
  return license;
}

async function refuseOther(tx: Tx, row: LicenseWithCustomer, expected: Expected, now: Date): Promise<void> {
  if (isExpected(expected, row.version)) return;
  const license = licenseOf(row, await definitionOf(tx, row.definitionId), now);
  if (!isExpected(expected, licenseTag(license))) throw otherDefinition(row.version);
}

/** Appends a definition unless its content is in force already; as a correction of the one in force, or as its successor. */
export async function replaceDefinition(
  tx: Tx,
  license: LicenseRow,
  definition: Definition,
  actor: Actor,
  now: Date,
  isCorrection = false,
): Promise<void> {
  const version = definitionVersion(definition);
  if (version === license.version) return;
  const details = { before: license.version, after: version };
  const from = await effectiveFrom(tx, license, now);
  const facts = definitionFacts(definition, { ...license, from, now });
  const action = isCorrection ? "definition.corrected" : "definition.changed";
  await recordEvents(tx, license.number, actor, now, [{ action, object: license.number, details, facts }]);
  const row = await tx.license.update({
    where: { number: license.number },
    data: {
      ...contentColumns(definition),
      products: productsAfter(license, definition),
      version,
      definitionId: uuidv7(),
      updatedAt: now,
    },
  });
  const corrects = isCorrection ? license.definitionId : null;
  await writeDefinition(tx, row, definition, from, actor, corrects);
}

/** Writes the row of the definition that the license names, and its allotments. */
async function writeDefinition(
  tx: Tx,
  license: LicenseRow,
  definition: Definition,
  from: Date,
  actor: Actor,
  corrects: string | null,
): Promise<void> {
  await tx.definition.create({ data: definitionRow(license, definition, from, actor, corrects) });
  for (const row of allotmentRows(license.number, definition)) {
    const { licenseNumber, key, name, products } = row;
    await tx.allotment.upsert({
      where: { licenseNumber_key: { licenseNumber, key } },
      create: row,
      update: { name, products },
    });
  }
}

export function definitionRow(
  { number, definitionId, version }: LicenseRow,
  definition: Definition,
  from: Date,
  { kind, id: savedBy }: Actor,
  corrects: string | null = null,
): Prisma.DefinitionCreateManyInput {
  // A definition is JSON: Prisma's type doesn't accept its optional members.
  const content = definition as Prisma.InputJsonObject;
  const saved = { corrects, savedByKind: kind, savedBy };
  return { id: definitionId, licenseNumber: number, version, effectiveFrom: from, content, ...saved };
}

export function allotmentRows(licenseNumber: string, { allotments }: Definition) {
  return allotments.map(({ name, usage, products = [] }) => ({
    ...{ licenseNumber, key: nameKey(name), name },
    ...{ class: usage.class, products },
  }));
}

/** The columns of a license that repeat its definition. */
export function contentColumns({ product, trial, valid }: Definition) {
  return { product, trial, endsAt: parseValidity(valid)?.to ?? null };
}

export function refuseErrors(definition: Definition): void {
  const faults = definitionErrors(definition);
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  throw new Refusal("INVALID_BODY", `${first.pointer}: ${first.detail}${more}`, { faults });
}

/** Refuses names of new allotments that would look like others. */
export function refuseHiddenNames({ allotments }: Definition, known: readonly { key: string }[]): void {
  const faults = allotments.flatMap(({ name }, i) =>
    known.some(({ key }) => key === nameKey(name)) ? [] : hiddenErrors(name, `/allotments/${i}/name`),
  );
  const [fault] = faults;
  if (fault)
    throw new Refusal("INVALID_BODY", `The name of an allotment can't be used. ${fault.title}`, { faults });
}

function refuseOtherClass({ allotments }: Definition, pools: Pool[]): void {
  for (const { name, usage } of allotments) {
    const allotment = pools.find(({ key }) => key === nameKey(name));
    if (allotment && allotment.class !== usage.class)
      throw new Refusal(
        "USAGE_CLASS_FIXED",
        `In this license, ${allotment.name} has the usage class ${allotment.class}, which can't be changed. Use another name.`,
      );
  }
}

async function effectOf(
  tx: Tx,
  license: LicenseRow,
  after: Definition,
  allotments: Pool[],
  now: Date,
): Promise<DefinitionEffect> {
  const before = await definitionOf(tx, license.definitionId);
  const promises = await openPromises(tx, license.number, now);
  const seats = seatsUnder(after, allotments);
  const unitsIn = (definition: Definition, key: string) => seatsInForce(definition, key, now);
  const frees = seats.map(({ key, live }) => {
    const freeIn = (definition: Definition) => Math.max(0, unitsIn(definition, key) - live);
    return Math.max(0, freeIn(after) - freeIn(before));
  });
  const excess = seats.map(({ key, name, live }) => ({ allotment: name, count: live - unitsIn(after, key) }));
  return {
    version: definitionVersion(after),
    frees: frees.reduce((sum, count) => sum + count, 0),
    excess: excess.filter(({ count }) => count > 0),
    ...(promises.length > 0 ? { promises } : {}),
  };
}

/** The seat allotments that the license has or gets. */
function seatsUnder(after: Definition, allotments: Pool[]): Pool[] {
  const known = new Set(allotments.map(({ key }) => key));
  const all = after.allotments.map(({ name, usage }) => ({
    key: nameKey(name),
    name,
    class: usage.class,
    live: 0,
  }));
  return [...allotments, ...all.filter(({ key }) => !known.has(key))].filter(
    (allotment) => allotment.class === "assigned",
  );
}

/** Reads in the transaction: the embedded store has no second connection. */
export async function definitionOf(tx: Tx, id: string): Promise<Definition> {
  const { content } = await tx.definition.findUniqueOrThrow({ where: { id } });
  // The definition was validated when it was written.
  return content as unknown as Definition;
}

/** A time after the previous definition, even if the clock of another server was ahead. */
async function effectiveFrom(tx: Tx, { definitionId }: LicenseRow, now: Date): Promise<Date> {
  const before = await tx.definition.findUniqueOrThrow({ where: { id: definitionId } });
  return new Date(Math.max(now.getTime(), before.effectiveFrom.getTime() + 1));
}

/** The license's products after the change: if it covers only its definition's product, it follows that product. */
function productsAfter({ product, products }: LicenseRow, after: Definition): string[] {
  const onlyOwn = products.length === 1 && products[0] === product;
  return onlyOwn ? [after.product] : products;
}
