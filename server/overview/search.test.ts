import { beforeAll, expect, test } from "vitest";
import type { Role } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { renameDeployment } from "@/server/deployments/deployments";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { keyOf } from "@/server/testing/test-callers";
import { makeLicense, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";
import { search, searchAgain } from "./search";
import { searchPeople } from "./search-people";

useStore();

const [MINE, THEIRS] = ["Contoso Manufacturing", "Contoso Research"] as const;
const SOURCE = "3F1e4a7e-8f0b-4a39-9a51-3f7d61cf2b01";

type Made = { number: string; customer: { id: string; name: string }; jti: string };
let mine: Made;
let theirs: Made;
beforeAll(async () => {
  mine = await made(MINE, "professional");
  theirs = await made(THEIRS, "analyzer");
});

/** Both customers have a deployment with the same source and a user with the same name. */
async function made(customer: string, allotment: string): Promise<Made> {
  const license = await makeLicense({ customer, product: "QSEfW", allotments: [seats(allotment, 10)] });
  const { jti } = await issueLicenseKey(license.number, "Warsaw, prod", SYSTEM, NOW);
  const call = await keyOf(license.number);
  const patches = ["contoso\\bob", "contoso\\Bobby"].map((subject) =>
    patchFor(license.number, subject, { allotment: allotment }),
  );
  await sync(call({ source: SOURCE }), patches);
  await renameDeployment(license.number, SOURCE, "Munich prod", SYSTEM, NOW);
  return { number: license.number, customer: license.customer, jti };
}

const as = (role: Role, customers: string[] | null = null): Principal => ({
  ...{ kind: "user", id: "somebody", name: "Somebody", role, license: null },
  customers,
});
const confined = () => as("license-admin", [mine.customer.id]);

async function numbersFor(who: Principal, query: string, license?: string): Promise<string[]> {
  const { licenses, customers, deployments, keys } = await search(who, { query, license }, NOW);
  const numbers = [...licenses.map(({ number }) => number), ...deployments.map((of) => of.license)];
  const ofCustomers = customers.map(({ id }) => (id === mine.customer.id ? mine : theirs).number);
  return [...new Set([...numbers, ...ofCustomers, ...keys.map((key) => key.license)])];
}

test("a search finds everything that contains the text, of every customer", async () => {
  for (const query of ["contoso", SOURCE.slice(0, 9).toLowerCase(), "munich"])
    expect((await numbersFor(as("owner"), query)).sort(), query).toEqual([mine.number, theirs.number].sort());
  expect(await numbersFor(as("owner"), theirs.number.slice(0, 14))).toEqual([theirs.number]);
  expect(await numbersFor(as("auditor"), theirs.jti)).toEqual([theirs.number]);
});

test("any four digits or more of a number find it, even with spaces and hyphens between them", async () => {
  const { number } = theirs;
  const groups = [number.slice(0, 6), number.slice(6, 11), number.slice(11)];
  for (const query of [number.slice(-8), groups.join("-"), groups.join(" "), `${number.slice(5, 13)}-`])
    expect(await numbersFor(as("owner"), query), query).toEqual([theirs.number]);
  expect(await numbersFor(as("owner"), number.slice(0, 3))).toContain(number);
});

test("a person who is limited to a customer finds nothing of another one, whatever is asked", async () => {
  for (const query of ["contoso", "research", SOURCE, "munich", theirs.number, theirs.jti])
    for (const license of [undefined, mine.number, theirs.number])
      expect(await numbersFor(confined(), query, license), query).not.toContain(theirs.number);
  expect(await numbersFor(confined(), mine.jti)).toEqual([mine.number]);
  const ids = {
    licenses: [theirs.number, mine.number],
    customers: [theirs.customer.id, mine.customer.id, "no id"],
  };
  const again = await searchAgain(confined(), ids, NOW);
  expect(again.licenses.map(({ number }) => number)).toEqual([mine.number]);
  expect(again.customers).toEqual([mine.customer]);
});

test("a part of a deployment's name or of a key's label is found in the open license only", async () => {
  const elsewhere = await search(as("owner"), { query: "prod" }, NOW);
  expect([...elsewhere.deployments, ...elsewhere.keys]).toEqual([]);
  const { deployments, keys } = await search(as("owner"), { query: "PROD", license: mine.number }, NOW);
  expect(deployments).toEqual([{ license: mine.number, source: SOURCE, name: "Munich prod" }]);
  expect(keys).toEqual([{ license: mine.number, jti: mine.jti, label: "Warsaw, prod", revoked: null }]);
});

test("users are found by a part of their name in a license", async () => {
  const names = (await searchPeople(as("owner"), mine.number, "BOB")).map(({ subject }) => subject);
  expect(names).toEqual(["contoso\\bob", "contoso\\Bobby"]);
});

test("users are found within the scope, and never by a person who may not see subjects", async () => {
  expect(await searchPeople(confined(), theirs.number, "bob")).toEqual([]);
  expect(await searchPeople(as("issuer"), mine.number, "bob")).toEqual([]);
});
