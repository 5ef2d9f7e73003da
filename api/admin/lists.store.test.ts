import { createClient, listAll } from "signet/client";
import { expect, test, vi } from "vitest";
import { createApi } from "@/api/app";
import { NO_RULE } from "@/domain/reclaim/reclaim-rule";
import { SYSTEM } from "@/server/access/actor";
import { createToken } from "@/server/identity/tokens";
import { rotateSigningKey } from "@/server/keys/signing-keys";
import { noteRequest } from "@/server/scim/requests";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

/** Follows the links of a list to its end. */
async function followed(client: Client, first: string, rows = "items") {
  const pages: { size: number; items: Record<string, string>[] }[] = [];
  for (let next: string | undefined = first; next; ) {
    const { headers, body } = await client("GET", next);
    pages.push({ size: body[rows].length, items: body[rows] });
    next = /^<([^>]+)>; rel="next"$/.exec(headers.get("Link") ?? "")?.[1];
  }
  return { sizes: pages.map(({ size }) => size), items: pages.flatMap(({ items }) => items) };
}

test("every page links to the next one, with its filter, and the last one doesn't", async () => {
  const owner = await clientAs({ role: "owner" });
  for (const name of ["Page 1", "Page 2", "Page 3"]) await owner("POST", "/customers", { name });
  await owner("POST", "/customers", { name: "Another" });
  const { sizes, items } = await followed(owner, "/customers?query=page&limit=2");
  expect(sizes).toEqual([2, 1]);
  expect(items.map(({ name }) => name)).toEqual(["Page 1", "Page 2", "Page 3"]);
});

test("keys and signing keys are paged too, newest first", async () => {
  const owner = await clientAs({ role: "owner" });
  const { number } = await makeLicense();
  for (const label of ["a", "b", "c"]) await owner("POST", `/licenses/${number}/keys`, { label });
  const keys = await followed(owner, `/licenses/${number}/keys?limit=2`);
  expect([keys.sizes, new Set(keys.items.map(({ label }) => label)).size]).toEqual([[2, 1], 3]);
  await rotateSigningKey(SYSTEM, new Date(NOW.getTime() + 1000));
  const signing = await followed(owner, "/signing-keys?limit=1");
  expect(signing.sizes).toEqual([1, 1]);
  const created = signing.items.map((key) => key.created);
  expect(created).toEqual(created.toSorted().toReversed());
  const other = await makeLicense();
  await expectForeign(owner, `/licenses/${number}/keys`, `/licenses/${other.number}/keys`);
});

test("saved templates are paged by name", async () => {
  const owner = await clientAs({ role: "owner" });
  const definition = {
    ...{ product: "QSEfW", valid: "" },
    allotments: [{ name: "analyzer", usage: { class: "assigned" }, units: [{ count: 5 }] }],
  };
  for (const name of ["Bank", "agency", "Clinic"])
    expect((await owner("POST", "/license-templates", { name, definition })).status).toBe(200);
  const { sizes, items } = await followed(owner, "/license-templates?limit=2");
  expect([sizes, items.map(({ name }) => name)]).toEqual([
    [2, 1],
    ["agency", "Bank", "Clinic"],
  ]);
  await expectForeign(owner, "/license-templates", "/signing-keys");
});

test("reclaim rules are paged by allotment, and the never-release list from the first entry", async () => {
  const owner = await clientAs({ role: "owner" });
  const names = ["viewer", "analyzer", "Author"];
  const { number } = await makeLicense({ allotments: names.map((name) => seats(name, 1)) });
  const rules = `/licenses/${number}/reclaim-rules`;
  const entries = `/licenses/${number}/reclaim-exemptions`;
  await owner("PUT", `${rules}/viewer`, { ...NO_RULE, isOn: true });
  const listed = await followed(owner, `${rules}?limit=2`);
  expect(listed.sizes).toEqual([2, 1]);
  expect(listed.items.map(({ allotment, isOn }) => [allotment, isOn])).toEqual([
    ["analyzer", false],
    ["Author", false],
    ["viewer", true],
  ]);
  for (const text of ["eve", "bob", "gwen"]) await owner("POST", entries, { kind: "subject", text });
  const { sizes, items } = await followed(owner, `${entries}?limit=2`);
  expect([sizes, items.map(({ text }) => text)]).toEqual([
    [2, 1],
    ["eve", "bob", "gwen"],
  ]);
  await expectForeign(owner, rules, entries);
  await expectForeign(owner, entries, rules);
});

test("a license admin pages through the directories of the own customers, newest first", async () => {
  const owner = await clientAs({ role: "owner" });
  const [license, other] = [await makeLicense(), await makeLicense()];
  const admin = await clientAs({ role: "license-admin", customers: [license.customer.id] });
  const [own, foreign] = [{ license: license.number }, { license: other.number }];
  const reaches = [own, foreign, { customers: [license.customer.id] }, foreign, own];
  for (const [nth, reach] of reaches.entries())
    await owner("POST", "/scim-connections", { name: `Directory ${nth}`, ...reach });
  const { sizes, items } = await followed(admin, "/scim-connections?limit=2", "connections");
  expect([sizes, items.map(({ name }) => name)]).toEqual([
    [2, 1],
    [4, 2, 0].map((nth) => `Directory ${nth}`),
  ]);
  await expectForeign(owner, "/scim-connections", "/tokens");
});

test("the requests of a directory are paged, newest first, also those of one moment", async () => {
  const owner = await clientAs({ role: "owner" });
  const [own, other] = [await connected(owner), await connected(owner)];
  for (const [nth, seconds] of [0, 1, 1, 1, 2].entries()) {
    const request = { at: new Date(NOW.getTime() - seconds * 1000), method: "GET", code: null };
    await noteRequest(own, { ...request, path: `/${nth}`, status: 200 });
  }
  const list = `/scim-connections/${own}/requests`;
  const { sizes, items } = await followed(owner, `${list}?limit=2`, "requests");
  expect([sizes, items.map(({ path }) => path)]).toEqual([
    [2, 2, 1],
    ["/0", "/3", "/2", "/1", "/4"],
  ]);
  await expectForeign(owner, list, `/scim-connections/${other}/requests`);
});

test("the typed client follows the pages of a list, whatever its rows are called", async () => {
  const [owner, { token }] = await Promise.all([
    clientAs({ role: "owner" }),
    createToken(OWNER, { name: "client", role: "owner" }, SYSTEM, NOW),
  ]);
  const made = [await connected(owner), await connected(owner)];
  const api = createApi({ clock: () => NOW });
  const fetch = async (request: Request) => api.fetch(request);
  const client = createClient({ baseUrl: "http://localhost", token, fetch });
  const ids: string[] = [];
  for await (const { id } of listAll(client, "/api/v1/admin/scim-connections", { query: { limit: 1 } }))
    ids.push(id);
  expect(ids.slice(0, 2)).toEqual(made.toReversed());
});

async function connected(owner: Client): Promise<string> {
  const { number: license } = await makeLicense();
  return (await owner("POST", "/scim-connections", { name: "Directory", license })).body.id;
}

/** Another list refuses the cursor of this one. */
async function expectForeign(client: Client, list: string, other: string) {
  const { body } = await client("GET", `${list}?limit=1`);
  expect(body.cursor).toEqual(expect.any(String));
  const { status, body: refusal } = await client("GET", `${other}?limit=1&cursor=${body.cursor}`);
  expect([status, refusal.code]).toEqual([422, "INVALID_CURSOR"]);
}

test("idle and orphaned seats, and second names, are found as in the console", async () => {
  const owner = await clientAs({ role: "owner" });
  const before = new Date(NOW.getTime() - 100 * 86_400_000);
  const { number, caller } = await deploymentOf();
  const added = ["acme\\bob", "bob@acme.test"].map((subject) => patchFor(number, subject));
  const { patches } = await sync(caller, added, { now: before });
  const use = patchFor(number, "acme\\bob", {
    instance: patches[0]?.instance ?? "",
    lastUsed: before.toISOString().slice(0, 10),
  });
  await sync(caller, [use], { now: before });
  const path = `/licenses/${number}/assignments`;
  await owner("POST", path, { subject: "acme\\eve", allotment: "analyzer" });
  const found = async (filter: string) => {
    const { body } = await owner("GET", `${path}?sort=subject&${filter}`);
    return body.items.map(({ subject }: { subject: string }) => subject);
  };
  expect(await found("idle=90")).toEqual(["acme\\bob", "bob@acme.test"]);
  expect(await found("idle=101")).toEqual([]);
  expect(await found("orphans=true")).toEqual(["acme\\bob", "bob@acme.test"]);
  expect(await found("orphans=false")).toHaveLength(3);
  expect(await found("spellings=true")).toEqual(["acme\\bob", "bob@acme.test"]);
  expect((await owner("GET", `${path}?idle=-1`)).body.errors[0].pointer).toBe("/idle");
});
