import { expect, test } from "vitest";
import { readLef } from "@/domain/legacy/lef-reading";
import { needsOf } from "@/domain/licenses/attention";
import { Refusal } from "@/domain/refusals/refusal";
import { SYSTEM } from "@/server/access/actor";
import { listLicenseKeys } from "@/server/keys/license-keys";
import { changeLicense } from "@/server/licenses/license-changes";
import { licenseByNumber } from "@/server/licenses/licenses";
import { purge } from "@/server/maintenance/purge";
import { licenseHealthOf } from "@/server/overview/license-summaries";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { controlOf, createControl, revealControl, revokeControl } from "./control-numbers";
import { migrateToKey, undoMigration } from "./key-migration";
import { retrieveLef } from "./lef-retrieval";
import { listRetrievals } from "./retrievals";

useStore();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const after = (ms: number) => new Date(NOW.getTime() + ms);
const AGENT = "Legacy/11.2";
let addresses = 0;
/** Failures count per address too: each test calls from its own. */
const newAddress = () => `192.0.2.${++addresses}`;

async function legacyLicense(wanted = {}) {
  const license = await makeLicense({ product: "QSEfW", ...wanted });
  const control = await createControl(license.number, SYSTEM, NOW);
  const address = newAddress();
  const ask = async (over: { serial?: string; control?: string; address?: string; now?: Date } = {}) => {
    const request = { serial: license.number, control, address, userAgent: AGENT, now: NOW, ...over };
    try {
      return (await retrieveLef(request)).lef;
    } catch (error) {
      if (error instanceof Refusal)
        return error.retryAfter ? `${error.code} ${error.retryAfter}` : error.code;
      throw error;
    }
  };
  const fail = async (times: number, over: Parameters<typeof ask>[0] = {}) => {
    const results: string[] = [];
    for (let time = 0; time < times; time++) results.push(await ask({ control: "WRONG", ...over }));
    return results;
  };
  return { ...license, control, address, ask, fail };
}

test("serial and control number get the LEF, and each retrieval is a row", async () => {
  const { number, control, ask, address } = await legacyLicense({
    valid: "./2026-01-31",
    allotments: [seats("analyzer", 10), minutes("analyzer_time", 100)],
  });
  const lef = await ask();
  expect(readLef(lef)).toMatchObject({ serial: number, check: "ok", definition: { valid: "./2026-01-31" } });
  expect(await ask({ control: ` ${control.toLowerCase().replaceAll("-", " ")} `, now: after(MINUTE) })).toBe(
    lef,
  );
  const { items } = await listRetrievals(number, { limit: 10 });
  expect(items).toEqual([
    { at: after(MINUTE), address, userAgent: AGENT },
    { at: NOW, address, userAgent: AGENT },
  ]);
  const first = await listRetrievals(number, { limit: 1 });
  expect(await listRetrievals(number, { limit: 1, cursor: first.cursor ?? "" })).toEqual({
    items: items.slice(1),
    cursor: null,
  });
});

test("every wrong pair gets the same response, and leaves no retrieval", async () => {
  const { number, control, ask } = await legacyLicense();
  expect(await ask({ control: "0000-0000-0000" })).toBe("LEF_REFUSED");
  expect(await ask({ serial: "1000000000000001" })).toBe("LEF_REFUSED");
  expect(await ask({ serial: "nonsense" })).toBe("LEF_REFUSED");
  await changeLicense(number, { status: "suspended" }, null, SYSTEM, NOW);
  expect(await ask()).toBe("LEF_REFUSED");
  await changeLicense(number, { status: "active" }, null, SYSTEM, NOW);
  const other = await createControl(number, SYSTEM, NOW);
  expect([await ask({ control }), await ask({ control: other, address: newAddress() })]).toEqual([
    "LEF_REFUSED",
    expect.stringContaining(number),
  ]);
  await revokeControl(number, SYSTEM, NOW);
  expect(await ask({ control: other, address: newAddress() })).toBe("LEF_REFUSED");
  expect((await listRetrievals(number, { limit: 10 })).items).toHaveLength(1);
  expect(await controlOf(number)).toMatchObject({ state: "closed", closedFor: "revoked" });
});

test("five failures from an address pause it for that serial for a quarter of an hour, even with the right control number", async () => {
  const { ask, fail } = await legacyLicense();
  expect(await fail(7)).toEqual([...Array(5).fill("LEF_REFUSED"), ...Array(2).fill("TOO_MANY_REQUESTS 900")]);
  expect(await ask({ now: after(5 * MINUTE) })).toBe("TOO_MANY_REQUESTS 600");
  expect(await ask({ now: after(15 * MINUTE) })).toContain("ISSUER;signet;;");
});

test("twenty simultaneous guesses get five results", async () => {
  const { ask } = await legacyLicense();
  const guesses = await Promise.all(
    Array.from({ length: 20 }, (_, guess) => ask({ control: `GUESS${guess}` })),
  );
  expect(guesses.filter((result) => result === "LEF_REFUSED")).toHaveLength(5);
  expect(guesses.filter((result) => result.startsWith("TOO_MANY_REQUESTS"))).toHaveLength(15);
});

test("unknown addresses are stopped after twenty failures in an hour, a known address still gets its LEF, and the console warns", async () => {
  const { number, ask, fail } = await legacyLicense();
  expect(await ask()).toContain(number);
  for (let stranger = 0; stranger < 4; stranger++) await fail(5, { address: newAddress() });
  expect(await fail(1, { address: newAddress() })).toEqual(["TOO_MANY_REQUESTS 3600"]);
  expect(await ask({ address: newAddress() })).toBe("TOO_MANY_REQUESTS 3600");
  expect(await ask()).toContain(number);
  expect(await fail(5)).toEqual(Array(5).fill("LEF_REFUSED"));
  expect(await controlOf(number)).toMatchObject({ state: "open", guessed: NOW });
  const needsAt = async (now: Date) =>
    needsOf(await licenseHealthOf(await licenseByNumber(number, now), now), now);
  expect(await needsAt(NOW)).toContainEqual({ kind: "guessed", at: NOW });
  expect(await needsAt(after(24 * HOUR + 1))).not.toContainEqual(
    expect.objectContaining({ kind: "guessed" }),
  );
  expect(await ask({ address: newAddress(), now: after(HOUR) })).toContain(number);
});

test("an address is stopped after sixty failures in an hour, whatever it asks for", async () => {
  const { number, ask } = await legacyLicense();
  const address = newAddress();
  const results: string[] = [];
  for (let guess = 0; guess < 61; guess++)
    results.push(await ask({ serial: String(2_000_000_000_000_000 + guess), address }));
  expect([results[59], results[60]]).toEqual(["LEF_REFUSED", "TOO_MANY_REQUESTS 3600"]);
  expect(await ask({ address })).toBe("TOO_MANY_REQUESTS 3600");
  expect(await ask()).toContain(number);
});

test("a control number is shown by an audited reveal, and no longer once it is closed", async () => {
  const { number, control } = await legacyLicense();
  expect(await revealControl(number, SYSTEM, NOW)).toBe(control);
  await revokeControl(number, SYSTEM, NOW);
  await expect(revealControl(number, SYSTEM, NOW)).rejects.toMatchObject({ code: "NO_CONTROL" });
  await expect(revokeControl(number, SYSTEM, NOW)).rejects.toMatchObject({ code: "NO_CONTROL" });
  const rows = await store().db.controlNumber.findMany({ where: { license: number } });
  expect(rows).toMatchObject([{ sealed: null, openFor: null, mac: expect.anything() }]);
  const events = await store().db.auditEvent.findMany({
    where: { chain: number, object: number },
    orderBy: { sequence: "asc" },
  });
  expect(events.map(({ action }) => action)).toEqual([
    "license.created",
    "control.issued",
    "control.revealed",
    "control.revoked",
  ]);
  expect(JSON.stringify(events.map(({ details }) => details))).not.toContain(control);
});

test("a migration issues a key, closes the control number, and can be undone within a day", async () => {
  const { number, control, ask } = await legacyLicense();
  const { jti } = await migrateToKey(number, SYSTEM, NOW);
  expect([await ask(), await ask({ control: "WRONG" })]).toEqual(["MIGRATED", "LEF_REFUSED"]);
  expect(await controlOf(number)).toMatchObject({
    closedFor: "migrated",
    migratedTo: jti,
    undoUntil: after(24 * HOUR),
  });
  for (const change of [createControl, migrateToKey, revealControl, revokeControl])
    await expect(change(number, SYSTEM, NOW)).rejects.toMatchObject({
      code: "MIGRATED",
      detail: expect.stringContaining("Use that key, or undo the migration"),
    });
  expect((await listLicenseKeys(number)).map((key) => key.jti)).toEqual([jti]);
  await undoMigration(number, SYSTEM, after(24 * HOUR));
  expect(await listLicenseKeys(number)).toMatchObject([{ jti, revokedReason: "Migration undone" }]);
  expect(await ask()).toContain(number);
  expect(await revealControl(number, SYSTEM, NOW)).toBe(control);
  await expect(undoMigration(number, SYSTEM, NOW)).rejects.toMatchObject({ code: "UNDO_OVER" });
});

test("after a day a migration is final, and the text of the control number is deleted", async () => {
  const { number, ask } = await legacyLicense();
  await migrateToKey(number, SYSTEM, NOW);
  const late = after(24 * HOUR + 1);
  await expect(undoMigration(number, SYSTEM, late)).rejects.toMatchObject({ code: "UNDO_OVER" });
  await purge(late);
  expect(await store().db.controlNumber.findMany({ where: { license: number } })).toMatchObject([
    { sealed: null },
  ]);
  expect(await ask()).toBe("MIGRATED");
});

test("retrievals are deleted after a year, failures after a day", async () => {
  const { number, ask, fail } = await legacyLicense();
  await ask();
  await fail(1);
  await purge(after(364 * 24 * HOUR));
  expect((await listRetrievals(number, { limit: 10 })).items).toHaveLength(1);
  expect(await store().db.lefFailure.count({ where: { last: { lte: NOW } } })).toBe(0);
  await purge(after(365 * 24 * HOUR));
  expect((await listRetrievals(number, { limit: 10 })).items).toEqual([]);
});
