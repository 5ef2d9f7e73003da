import { expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { rotateSigningKey } from "@/server/keys/signing-keys";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

/** Follows the links of a list to its end. */
async function followed(client: Client, first: string) {
  const pages: { size: number; items: Record<string, string>[] }[] = [];
  for (let next: string | undefined = first; next; ) {
    const { headers, body } = await client("GET", next);
    pages.push({ size: body.items.length, items: body.items });
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
  const { body } = await owner("GET", `/licenses/${number}/keys?limit=2`);
  const elsewhere = await owner("GET", `/licenses/${other.number}/keys?limit=2&cursor=${body.cursor}`);
  expect([elsewhere.status, elsewhere.body.code]).toEqual([422, "INVALID_CURSOR"]);
});

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
