import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { verifyChain } from "@/server/audit/chain";
import { cancelLicenseRun, licenseRun, type PlannedRow } from "@/server/licenses/license-runs";
import { createLicenses, licenseByNumber } from "@/server/licenses/licenses";
import { withEffects } from "@/server/store/statement-result";
import { store } from "@/server/store/store";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { revealControl } from "./control-numbers";
import { judgeLegacyFile } from "./legacy-file";
import { startLegacyImport } from "./legacy-import";

useStore();

const clock = () => NOW;

async function* fileOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length; from += 1000) yield bytes.subarray(from, from + 1000);
}

let last = 4_000_000_000_000_000;
const newNumber = () => String(++last);

async function planned(text: string): Promise<PlannedRow[]> {
  const rows: PlannedRow[] = [];
  for await (const part of judgeLegacyFile(fileOf(text))) rows.push(...part);
  return rows;
}

async function imported(text: string) {
  const { progress, ended } = await startLegacyImport(fileOf(text), SYSTEM, clock);
  await ended;
  return licenseRun(progress.id, NOW);
}

test("a list is previewed first, then imported, and importing it again changes nothing", async () => {
  const [one, two, three, taken] = [newNumber(), newNumber(), newNumber(), (await makeLicense()).number];
  const text = [
    "Customer;Serial No.;Control No.;Product level;Professional;Valid until",
    `Acme;${one};AB12-CD34;50;5;2027-12-31`,
    `Beta;${two};1234;10;;`,
    `Beta;${one};99999999;10;;`,
    `Beta;${taken};99999999;10;;`,
    "",
    `Beta;${three};99999999;10;;31/12/2027`,
  ].join("\r\n");
  expect((await planned(text)).map(({ row, outcome, why }) => [row, outcome, why])).toEqual([
    [2, "create", ""],
    [3, "create", expect.stringContaining("can be guessed")],
    [4, "refused", "An earlier row has this serial number."],
    [5, "refused", "A license with this number already exists. It wasn't changed."],
    [7, "refused", "A date can't be read. Write dates as 2026-12-31."],
  ]);
  expect(await store().db.license.count({ where: { number: one } })).toBe(0);
  const done = await imported(text);
  expect(done).toMatchObject({ state: "done", rows: 5, created: 2, already: 0, refused: 3, ended: NOW });
  expect(done.refusals.map(({ row }) => row)).toEqual([4, 5, 7]);
  expect(await licenseByNumber(one, NOW)).toMatchObject({ product: "QSEfW", valid: "./2027-12-31" });
  expect(await revealControl(one, SYSTEM, NOW)).toBe("AB12-CD34");
  expect(await imported(text)).toMatchObject({ created: 0, already: 2, refused: 3 });
  const events = await store().db.auditEvent.findMany({ where: { object: done.id } });
  expect(events).toMatchObject([
    {
      action: "installation.licenses-imported",
      details: { created: 2, already: 0, refused: 3, cancelled: false },
    },
  ]);
});

test("a row that is refused on creation leaves out itself alone, and nothing of it is there", async () => {
  const numbers = [newNumber(), newNumber(), newNumber()];
  const [, bad = ""] = numbers;
  const customers = ["Gamma", "Gam\u200bma", "Gamma"];
  const rows = numbers.map((number, i) => `${number},ABCDEFG${i},${customers[i]},50`);
  const done = await imported(["number,control,customer,level", ...rows].join("\n"));
  expect(done).toMatchObject({ state: "done", created: 2, refused: 1 });
  expect(done.refusals).toEqual([
    { row: 3, number: bad, why: expect.stringContaining("invisible character") },
  ]);
  for (const number of [numbers[0] ?? "", numbers[2] ?? ""]) {
    expect(await revealControl(number, SYSTEM, NOW)).toBe(`ABCDEFG${numbers.indexOf(number)}`);
    const events = await store().db.auditEvent.findMany({
      where: { chain: number },
      orderBy: { sequence: "asc" },
    });
    expect(events.map(({ action }) => action)).toEqual([
      "license.created",
      "control.imported",
      "control.revealed",
    ]);
    expect(await verifyChain(number)).toMatchObject({ whole: true, events: 3 });
  }
  const { db } = store();
  const left = [
    db.license.count({ where: { number: bad } }),
    db.roster.count({ where: { license: bad } }),
    db.controlNumber.count({ where: { license: bad } }),
    db.dataKey.count({ where: { scope: bad } }),
    db.auditEvent.count({ where: { chain: bad } }),
  ];
  expect(await Promise.all(left)).toEqual([0, 0, 0, 0, 0]);
});

test("licenses are created together, or none of them where one is refused", async () => {
  const { number: taken } = await makeLicense();
  const [free, other] = [newNumber(), newNumber()];
  const create = (...numbers: string[]) =>
    createLicenses(
      numbers.map((number) => ({ number, customer: "Together", product: "QSEfW", allotments: [] })),
      SYSTEM,
      NOW,
      async () => {},
    );
  await expect(create(free, taken)).rejects.toMatchObject({ code: "NUMBER_TAKEN" });
  const where = { customer: { name: "Together" } };
  expect(await store().db.license.count({ where })).toBe(0);
  await create(other, free);
  expect(await store().db.license.count({ where })).toBe(2);
});

test("a cancelled import keeps the licenses that it created, and says so", async () => {
  const rows = Array.from({ length: 100 }, () => `${newNumber()},ABCDEFGH,Many`);
  const { progress, ended } = await startLegacyImport(
    fileOf(["number,control,customer", ...rows].join("\n")),
    SYSTEM,
    clock,
  );
  await cancelLicenseRun(progress.id);
  await ended;
  const { state, created } = await licenseRun(progress.id, NOW);
  expect([state, created < 100]).toEqual(["cancelled", true]);
  expect(await store().db.license.count({ where: { customer: { name: "Many" } } })).toBe(created);
});

test("other requests get a turn while an import runs", async () => {
  const rows = Array.from({ length: 45 }, () => `${newNumber()},ABCDEFGH,Turns`);
  const text = ["number,control,customer", ...rows].join("\n");
  const { progress, ended } = await startLegacyImport(fileOf(text), SYSTEM, clock);
  const cancelled = new Promise<void>((done, fail) => {
    setImmediate(() => cancelLicenseRun(progress.id).then(done, fail));
  });
  await Promise.all([ended, cancelled]);
  expect(await licenseRun(progress.id, NOW)).toMatchObject({ state: "cancelled" });
});

test("an import without progress counts as interrupted", async () => {
  const { progress, ended } = await startLegacyImport(fileOf("number,control,customer\n"), SYSTEM, clock);
  await ended;
  await store().db.legacyImport.update({ where: { id: progress.id }, data: { state: "running" } });
  const at = (ms: number) => new Date(NOW.getTime() + ms);
  expect((await licenseRun(progress.id, at(60_000))).state).toBe("running");
  expect((await licenseRun(progress.id, at(60_001))).state).toBe("interrupted");
});

test.each([
  ["", "The first row must name the columns"],
  ["customer,number\nAcme,1", "The first row must name the columns"],
  ['number,control,customer\n"9999', "Row 2 isn't valid CSV"],
])("%j is refused as a whole", async (text, why) => {
  await expect(startLegacyImport(fileOf(text), SYSTEM, clock)).rejects.toMatchObject({
    code: "INVALID_BODY",
    detail: expect.stringContaining(why),
  });
});

test("an import continues however long ago its request came", async () => {
  const number = newNumber();
  const text = `Customer,Serial,Control,Level\nAcme,${number},AB12CD34,50`;
  const done = await withEffects(() => imported(text), performance.now() - 60_000);
  expect(done).toMatchObject({ state: "done", created: 1 });
});
