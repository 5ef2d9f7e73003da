import { beforeAll, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import type { License } from "@/server/licenses/license";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let mine: License;
let theirs: License;
let owner: Client;
let admin: Client;
let bound: Client;
beforeAll(async () => {
  [mine, theirs] = [await makeLicense({ customer: "Mine" }), await makeLicense({ customer: "Theirs" })];
  for (const [{ number: license }, ...names] of [
    [mine, "acme\\ann", "acme\\bob"],
    [theirs, "ACME\\Bob", "acme\\zoe"],
  ] as const)
    await assignSeats({ license, actor: SYSTEM, now: NOW }, names, "analyzer");
  owner = await clientAs({ role: "owner" });
  admin = await clientAs({ role: "license-admin", customers: [mine.customer.id] });
  bound = await clientAs({ role: "owner", license: theirs.number });
});

test("users are found page by page, within the token's scope", async () => {
  const first = await owner("POST", "/users/search?limit=2", { query: "ACME" });
  expect(first.body).toMatchObject({ seats: 4, waiting: 0, left: 0 });
  expect(first.body.items[1].seats).toHaveLength(2);
  const link = /<([^>]+)>/.exec(String(first.headers.get("Link")))?.[1] ?? "";
  const second = await owner("POST", link, { query: "ACME" });
  expect(second.body.items.map(({ subject }: { subject: string }) => subject)).toEqual(["acme\\zoe"]);
  expect(second.body.cursor).toBeNull();
  const subjects = async (client: Client) =>
    (await client("POST", "/users/search", {})).body.items.map(({ subject }: { subject: string }) => subject);
  expect(await subjects(admin)).toEqual(["acme\\ann", "acme\\bob"]);
  expect(await subjects(bound)).toEqual(["ACME\\Bob", "acme\\zoe"]);
});

test("a user is read over all licenses of the token", async () => {
  const { body } = await owner("POST", "/users/read", { subject: "acme\\BOB" });
  expect(body.seats.map(({ license }: { license: string }) => license).sort()).toEqual(
    [mine.number, theirs.number].sort(),
  );
  expect((await admin("POST", "/users/read", { subject: "acme\\zoe" })).body).toMatchObject({
    seats: [],
    released: [],
  });
});

test("a release is foreseen, done once, and undone by the same token only", async () => {
  const sent = { subject: "acme\\bob" };
  const foreseen = await owner("POST", "/users/release?dryRun=true", sent);
  expect(foreseen.body).toMatchObject({ unreached: [], undo: null, others: [] });
  expect(foreseen.body.seats).toHaveLength(2);
  const { body } = await owner("POST", "/users/release", sent);
  expect(body.seats.map(({ instance }: { instance: string }) => instance).sort()).toEqual(
    foreseen.body.seats.map(({ instance }: { instance: string }) => instance).sort(),
  );
  expect((await owner("POST", "/users/release", sent)).body).toEqual({
    seats: [],
    others: [],
    unreached: [],
    undo: null,
  });
  const other = await clientAs({ role: "owner" });
  expect((await other("POST", "/users/release/undo", { undo: body.undo })).body.code).toBe("UNDO_OVER");
  expect((await owner("POST", "/users/release/undo", { undo: body.undo })).body).toEqual({
    undone: 2,
    stayed: 0,
  });
  expect((await owner("POST", "/users/release/undo", { undo: "x" })).body.code).toBe("UNDO_OVER");
});
