import { expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type BoardFilter, boardPages, licenseBoard } from "./license-board";

useStore();

/** A customer with one healthy license, one with more seats taken than units, and one that is silent. */
async function threeLicenses() {
  const calm = await makeLicense({ valid: "./2026-12-31" });
  const customer = calm.customer.id;
  const crowded = await makeLicense({ customer, product: "Other", valid: "./2027-03-31" });
  const quiet = await makeLicense({ customer, allotments: [minutes("analyzer_time", 100)] });
  await store().db.allotment.updateMany({ where: { licenseNumber: crowded.number }, data: { live: 12 } });
  await deployment(calm.number, NOW);
  await deployment(quiet.number, new Date(NOW.getTime() - 3 * DAY));
  return { customer, calm: calm.number, crowded: crowded.number, quiet: quiet.number };
}

async function deployment(
  license: string,
  lastSeen: Date,
  more: { source?: string; evidence?: object } = {},
) {
  const { jti } = await issueLicenseKey(license, `Site of ${license}`, SYSTEM, NOW);
  const data = { license, source: "warsaw", jti, firstSeen: NOW, lastSeen, ...more };
  await store().db.deployment.create({ data });
}

const found = async (filter: BoardFilter, who = OWNER) =>
  (await licenseBoard(who, { limit: 50, ...filter }, NOW)).items.map(({ number }) => number);

test("computed values filter like stored ones, with exact counts", async () => {
  const { customer, calm, crowded, quiet } = await threeLicenses();
  const all = { customer, sort: "number" } as const;
  expect(await found(all)).toEqual([calm, crowded, quiet].toSorted());
  expect(await found({ customer, state: "excess" })).toEqual([crowded]);
  expect(await found({ customer, excess: true })).toEqual([crowded]);
  expect(await found({ customer, silent: true })).toEqual([quiet]);
  expect(await found({ customer, state: "within" })).toEqual([calm]);
  expect(await found({ ...all, condition: "needs" })).toEqual([crowded, quiet].toSorted());
  expect(await found({ customer, product: "Other" })).toEqual([crowded]);
  const ends = { from: new Date("2027-01-01"), before: new Date("2027-02-01") };
  expect(await found({ customer, ends })).toEqual([calm]);
  expect((await licenseBoard(OWNER, { customer, condition: "needs", limit: 1 }, NOW)).total).toBe(2);
  expect((await licenseBoard(OWNER, { customer, limit: 1 }, NOW)).total).toBe(3);
});

test("the worst of the suspicions of several deployments is shown, with its deployment", async () => {
  const { customer, number } = await makeLicense({});
  await deployment(number, NOW, { source: "austin", evidence: { "two-spellings": {} } });
  const both = { "two-spellings": {}, "two-places": {} };
  await deployment(number, new Date(NOW.getTime() - DAY), { source: "munich", evidence: both });
  await deployment(number, NOW, { source: "warsaw" });
  const { items } = await licenseBoard(OWNER, { customer: customer.id, limit: 1 }, NOW);
  expect(items[0]?.glance.suspected).toEqual({ sites: 2, code: "two-places", name: "munich" });
});

test("licenses are sorted by contact and by share used, those without a value last, page by page", async () => {
  const { customer, calm, crowded, quiet } = await threeLicenses();
  expect(await found({ customer, sort: "-contact" })).toEqual([calm, quiet, crowded]);
  expect(await found({ customer, sort: "contact" })).toEqual([quiet, calm, crowded]);
  const [first] = await found({ customer, sort: "-used" });
  expect(first).toBe(crowded);
  const whole = await found({ customer, sort: "used" });
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await licenseBoard(OWNER, { customer, sort: "used", limit: 1, cursor }, NOW);
    paged.push(...page.items.map(({ number }) => number));
    cursor = page.cursor ?? undefined;
  } while (cursor);
  expect(paged).toEqual(whole);
});

test("a search finds labels of keys, beginnings of numbers and customers, and nothing out of scope", async () => {
  const { customer, calm } = await threeLicenses();
  await threeLicenses();
  expect(await found({ query: `site OF ${calm}` })).toEqual([calm]);
  expect(await found({ customer, query: calm.slice(0, 15) })).toContain(calm);
  const stranger: Principal = { ...OWNER, role: "license-admin", customers: [] };
  for (const filter of [
    { query: `site of ${calm}` },
    { customer },
    { condition: "needs" as const },
    { sort: "used" as const },
  ])
    expect(await licenseBoard(stranger, { limit: 9, ...filter }, NOW)).toMatchObject({
      items: [],
      total: 0,
    });
});

test("an export has every page of a filter", async () => {
  const { customer } = await threeLicenses();
  const count = async (filter: BoardFilter) => {
    let sum = 0;
    for await (const rows of boardPages(OWNER, filter, NOW)) sum += rows.length;
    return sum;
  };
  expect(await count({ customer })).toBe(3);
  expect(await count({ customer, condition: "needs", sort: "-used" })).toBe(2);
});
