import { beforeEach, expect, test, vi } from "vitest";
import { makeLicense, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let owner: Client;
let path: string;
let assignments: string;
beforeEach(async () => {
  owner = await clientAs({ role: "owner" });
  const { number } = await makeLicense({ allotments: [seats("analyzer", 5)] });
  path = `/licenses/${number}/aliases`;
  assignments = `/licenses/${number}/assignments`;
});

const pair = { subject: "acme\\bob", alias: "bob@acme.example" };

test("an alias is previewed, declared, listed and removed", async () => {
  for (const subject of [pair.subject, pair.alias])
    await owner("POST", assignments, { subject, allotment: "analyzer" });
  const preview = await owner("POST", `${path}?dryRun=true`, pair);
  const released = [{ instance: expect.any(String), subject: pair.alias, allotment: "analyzer" }];
  const effect = { released, unaware: { count: 0, items: [] } };
  expect(preview).toMatchObject({ status: 200, body: { id: null, ...effect } });
  const made = await owner("POST", path, pair);
  expect(made).toMatchObject({ status: 201, body: { id: expect.any(String), ...effect } });
  const { id } = made.body;
  expect(await owner("POST", path, pair)).toMatchObject({ status: 200, body: { id, released: [] } });
  const listed = await owner("GET", path);
  expect(listed.body.items).toEqual([{ id, ...pair, declared: expect.any(String) }]);
  const found = await owner("GET", `${assignments}?query=${encodeURIComponent(pair.alias)}`);
  expect(found.body.items).toMatchObject([{ subject: pair.subject, aliases: [pair.alias] }]);
  const again = await owner("POST", assignments, { subject: pair.alias, allotment: "analyzer" });
  expect(again).toMatchObject({ body: { subject: pair.subject, aliases: [pair.alias] } });
  expect((await owner("DELETE", `${path}/${id}`)).status).toBe(204);
  expect((await owner("DELETE", `${path}/${id}`)).status).toBe(404);
  expect((await owner("GET", path)).body.items).toEqual([]);
});

test("a user has ten aliases, an alias none, and each refusal has its status", async () => {
  const declare = (subject: string, alias: string) => owner("POST", path, { subject, alias });
  for (let n = 0; n < 10; n += 1) expect((await declare("bob", `bob${n}`)).status).toBe(201);
  expect(await declare("bob", "bob10")).toMatchObject({ status: 409, body: { code: "TOO_MANY_ALIASES" } });
  expect(await declare("bob3", "eve")).toMatchObject({ status: 409, body: { code: "ALIAS_CHAIN" } });
  expect(await declare("eve", "EVE")).toMatchObject({ status: 422, body: { code: "SAME_SUBJECT" } });
  expect(await declare("eve", "")).toMatchObject({ status: 422, body: { code: "INVALID_SUBJECT" } });
  const first = await owner("GET", `${path}?limit=4`);
  const next = await owner("GET", `${path}?limit=10&cursor=${first.body.cursor}`);
  expect([first.body.items.length, next.body.items.length, next.body.cursor]).toEqual([4, 6, null]);
});
