import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { licenseRun, type PlannedRow } from "@/server/licenses/license-runs";
import { licenseByNumber } from "@/server/licenses/licenses";
import { notesOf } from "@/server/licenses/notes";
import { store } from "@/server/store/store";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { startBulkCreation } from "./bulk-creation";
import { judgeLicenseFile } from "./license-file";

useStore();

const clock = () => NOW;

async function* fileOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function planned(text: string): Promise<PlannedRow[]> {
  const rows: PlannedRow[] = [];
  for await (const part of judgeLicenseFile(fileOf(text), "QSEfW", NOW)) rows.push(...part);
  return rows;
}

async function created(text: string) {
  const { progress, ended } = await startBulkCreation(fileOf(text), "QSEfW", SYSTEM, clock);
  await ended;
  return licenseRun(progress.id, NOW);
}

const unique = () => `Bulk ${crypto.randomUUID()}`;

test("a dry run names the number of each license, and changes nothing", async () => {
  const customer = unique();
  const file = `customer,template,professional\n${customer},,10\n${customer},Trial,\n${customer},Gold,\n`;
  const before = await store().db.license.count();
  const plan = await planned(file);
  expect(plan.map(({ outcome, why }) => [outcome, why])).toEqual([
    ["create", "New customer."],
    ["create", "New customer."],
    ["refused", expect.stringContaining("There is no template “Gold”")],
  ]);
  expect(plan[0]?.number).toMatch(/^[1-9][0-9]{15}$/);
  expect(plan[0]?.number).not.toBe(plan[1]?.number);
  expect(await planned(file)).toEqual(plan);
  expect(await store().db.license.count()).toBe(before);
});

test("a file creates each of its licenses once, however often it is taken", async () => {
  const customer = unique();
  const file = `customer,template,minutes,overage,contract,meta:crm\n${customer},Capacity,6000,600,C-17,4711\n${customer},,50,,,\n`;
  const [first, second] = await planned(file);
  expect(await created(file)).toMatchObject({ state: "done", rows: 2, created: 2, already: 0, refused: 0 });
  expect(await created(file)).toMatchObject({ state: "done", rows: 2, created: 0, already: 2, refused: 0 });
  const made = await licenseByNumber(first?.number ?? "", NOW);
  expect(await notesOf({ license: made.number })).toMatchObject({
    ...{ contractNumber: "C-17", metadata: { crm: "4711" } },
  });
  expect(made).toMatchObject({ customer: { name: customer }, product: "QSEfW", products: ["QSEfW"] });
  expect(made.definition.allotments).toMatchObject([
    {
      name: "analyzer_time",
      units: [{ count: 6000 }],
      overage: 600,
      provisions: [{ accessType: "analyzer" }],
    },
  ]);
  expect((await licenseByNumber(second?.number ?? "", NOW)).customer.id).toBe(made.customer.id);
});

test("two runs of one file at once create each license once", async () => {
  const customer = unique();
  const rows = Array.from({ length: 30 }, (_, row) => `${customer},${row + 1}`).join("\n");
  const file = `customer,professional\n${rows}\n`;
  const runs = await Promise.all([created(file), created(file)]);
  expect(runs.map(({ state }) => state)).toEqual(["done", "done"]);
  expect(runs.reduce((sum, run) => sum + run.created, 0)).toBe(30);
  expect(await store().db.license.count({ where: { customer: { name: customer } } })).toBe(30);
});

test("a number in the file is used, and never taken twice or from another license", async () => {
  const other = await makeLicense();
  const customer = unique();
  const number = `7${String(Date.now()).padStart(15, "0")}`;
  const file = [
    "customer,number,professional",
    `${customer},${number},10`,
    `${customer},${number},20`,
    `${customer},${other.number},10`,
    `${customer},12,10`,
  ].join("\n");
  expect((await planned(file)).map(({ outcome, why }) => [outcome, why])).toEqual([
    ["create", "New customer."],
    ["refused", "An earlier row has this number."],
    ["refused", "A license with this number already exists. It wasn't changed."],
    ["refused", "The number must have 16 digits. Format the column as text, or leave it empty."],
  ]);
  expect(await created(file)).toMatchObject({ created: 1, refused: 3 });
  expect((await planned(file))[0]).toMatchObject({ outcome: "already" });
});

test("a customer is known without case, and one that is nearly known is asked about once", async () => {
  const known = `Nordlicht ${crypto.randomUUID()}`;
  await makeLicense({ customer: `${known} AG` });
  const file = `customer,analyzer\n${known.toUpperCase()} AG,1\n${known} GmbH,1\n${known} GmbH,2\n`;
  const meant = `New customer. Did you mean ${known} AG?`;
  expect((await planned(file)).map(({ why }) => why)).toEqual(["", meant, meant]);
});

test.each([
  ["", "The first row must name the columns"],
  ["professional\n10\n", "The first row must name the columns"],
  ["customer,professional,Region\nAcme,1,North\n", "The column “Region” isn't known."],
  [
    "customer,professional,notes,Comments\nAcme,1,a,b\n",
    "The column “Comments” means the same as an earlier one.",
  ],
  ['customer,professional\n"Acme,1\n', "Row 2 isn't valid CSV"],
])("the file %j is refused as a whole", async (file, why) => {
  await expect(planned(file)).rejects.toMatchObject({
    code: "INVALID_BODY",
    detail: expect.stringContaining(why),
  });
  await expect(startBulkCreation(fileOf(file), "QSEfW", SYSTEM, clock)).rejects.toMatchObject({
    code: "INVALID_BODY",
  });
});
