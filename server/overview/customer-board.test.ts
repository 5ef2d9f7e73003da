import { expect, test } from "vitest";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type CustomerFilter, customerBoard, customerPages } from "./customer-board";

useStore();

/** Three customers whose names begin alike: one with two healthy licenses, one with too many users, one without a license. */
async function threeCustomers() {
  const name = `Alike ${crypto.randomUUID()}`;
  const calm = await makeLicense({ customer: `${name} B` });
  await makeLicense({ customer: calm.customer.id });
  const crowded = await makeLicense({ customer: `${name} c` });
  await store().db.allotment.updateMany({ where: { licenseNumber: crowded.number }, data: { live: 12 } });
  const empty = await makeLicense({ customer: `${name} A` });
  await store().db.license.update({
    where: { number: empty.number },
    data: { customerId: calm.customer.id, copyOf: calm.number },
  });
  const ids = { calm: calm.customer.id, crowded: crowded.customer.id, empty: empty.customer.id };
  return { query: name.toUpperCase(), ...ids };
}

const found = async (filter: CustomerFilter, who = OWNER) =>
  (await customerBoard(who, { limit: 50, ...filter }, NOW)).items.map(({ id }) => id);

test("customers are sorted by name, by the worst of their licenses and by how many they have", async () => {
  const { query, calm, crowded, empty } = await threeCustomers();
  expect(await found({ query })).toEqual([empty, calm, crowded]);
  expect(await found({ query, sort: "-name" })).toEqual([crowded, calm, empty]);
  expect(await found({ query, sort: "worst" })).toEqual([crowded, calm, empty]);
  expect(await found({ query, sort: "-worst" })).toEqual([calm, crowded, empty]);
  expect(await found({ query, sort: "-licenses" })).toEqual([calm, crowded, empty]);
});

test.each(["name", "worst", "-licenses", "-created"] as const)(
  "pages by %s continue where the last one ended, and count all",
  async (sort) => {
    const { query } = await threeCustomers();
    const first = await customerBoard(OWNER, { query, sort, limit: 2 }, NOW);
    const rest = await customerBoard(OWNER, { query, sort, limit: 2, cursor: first.cursor ?? "" }, NOW);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(await found({ query, sort }));
    expect([first.total, rest.total, rest.cursor]).toEqual([3, 3, null]);
    const exported = [];
    for await (const page of customerPages(OWNER, { query, sort }, NOW)) exported.push(...page);
    expect(exported.map(({ id }) => id)).toEqual(await found({ query, sort }));
  },
);

test("a person who is limited to customers finds and counts only those, in every order", async () => {
  const { query, crowded } = await threeCustomers();
  const confined = { ...OWNER, role: "license-admin" as const, customers: [crowded] };
  for (const sort of ["name", "worst"] as const) {
    expect(await found({ query, sort }, confined)).toEqual([crowded]);
    const { items, total } = await customerBoard(confined, { query, sort, limit: 9 }, NOW);
    expect([items[0]?.people, total]).toEqual([null, 1]);
  }
});
