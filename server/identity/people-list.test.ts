import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { makePerson } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { invite, listInvitations } from "./invitations";
import { listPeople, type PeopleFilter } from "./people-list";

useStore();

/** An owner seen today, an auditor seen yesterday, and an issuer who never came back, with names that begin alike. */
async function threePeople() {
  const word = crypto.randomUUID();
  const make = async (role: "owner" | "auditor" | "issuer", name: string, lastSeenAt: Date | null) => {
    const { id } = await makePerson(role);
    await store().db.user.update({ where: { id }, data: { name: `${word} ${name}`, lastSeenAt } });
    return id;
  };
  const owner = await make("owner", "b", NOW);
  const auditor = await make("auditor", "C", new Date(NOW.getTime() - 1000));
  const issuer = await make("issuer", "A", null);
  return { query: word.toUpperCase(), owner, auditor, issuer };
}

const found = async (filter: PeopleFilter) =>
  (await listPeople(filter, { limit: 50 }, NOW)).items.map(({ id }) => id);

test("people are sorted by name, role and last activity; those never seen come last", async () => {
  const { query, owner, auditor, issuer } = await threePeople();
  expect(await found({ query })).toEqual([issuer, owner, auditor]);
  expect(await found({ query, sort: "-name" })).toEqual([auditor, owner, issuer]);
  expect(await found({ query, sort: "role" })).toEqual([owner, issuer, auditor]);
  expect(await found({ query, sort: "-seen" })).toEqual([owner, auditor, issuer]);
  expect(await found({ query, sort: "seen" })).toEqual([auditor, owner, issuer]);
  expect(await found({ query, role: "issuer" })).toEqual([issuer]);
});

test("pages continue where the last one ended, and count all", async () => {
  const { query } = await threePeople();
  const filter = { query, sort: "-seen" } as const;
  const first = await listPeople(filter, { limit: 2 }, NOW);
  const rest = await listPeople(filter, { limit: 2, cursor: first.cursor ?? "" }, NOW);
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(await found(filter));
  expect([first.total, rest.total, rest.cursor]).toEqual([3, 3, null]);
  const other = listPeople({ query, sort: "name" }, { limit: 2, cursor: first.cursor ?? "" }, NOW);
  await expect(other).rejects.toMatchObject({ code: "INVALID_CURSOR" });
});

test("filters of people apply to invitations too", async () => {
  const { customer } = await makeLicense();
  const email = `${crypto.randomUUID()}@signet.example`;
  await invite({ email, role: "license-admin", customers: [customer.id] }, SYSTEM, NOW);
  const invited = async (filter: PeopleFilter) =>
    (await listInvitations(filter)).some((one) => one.email === email);
  expect(await invited({ query: email.slice(0, 20).toUpperCase() })).toBe(true);
  expect(await invited({ role: "license-admin", customer: customer.id })).toBe(true);
  expect(await invited({ role: "owner" })).toBe(false);
  expect(await invited({ customer: crypto.randomUUID() })).toBe(false);
  expect(await invited({ query: email, secondFactor: "off" })).toBe(false);
});
