import { beforeEach, expect, test, vi } from "vitest";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { listAudit } from "@/server/audit/log";
import type { License } from "@/server/licenses/license";
import { putDefinition } from "@/server/licenses/license-definitions";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { type PublishedClient, published } from "./test-published";

vi.stubEnv("LOG_LEVEL", "silent");
vi.stubEnv("TRUST_PROXY", "true");
useStore();

const LIST = "/api/v1/licenses/assignments";
let license: License;
let client: PublishedClient;
beforeEach(async () => {
  license = await makeLicense({
    allotments: [seats("professional", 2), seats("analyzer", 50), minutes("analyzer_time", 60)],
  });
  client = await published({ role: "license-admin", license: license.number });
});

type Item = { subject?: unknown; type?: unknown; sourceType?: unknown; sourceSubject?: unknown };
const act = async (action: "add" | "delete" | "update", items: Item[]) => {
  const { status, body } = await client("POST", `${LIST}/actions/${action}`, { [action]: items });
  expect(status).toBe(207);
  return body.data;
};
const statuses = async (...args: Parameters<typeof act>) =>
  (await act(...args)).map(({ status, code }: { status: number; code?: string }) => code ?? status);
const add = (type: string, ...subjects: string[]) =>
  act(
    "add",
    subjects.map((subject) => ({ subject, type })),
  );
const list = async (query = "") => (await client("GET", `${LIST}${query}`)).body;
const held = async (query = "?sort=subject") =>
  (await list(query)).data.map(({ subject, type }: Item) => `${subject} ${type}`).toSorted();

test("a seat is assigned once, and the item says so", async () => {
  expect(await act("add", [{ subject: "acme\\bob", type: "analyzer" }])).toEqual([
    { status: 201, subject: "acme\\bob", type: "analyzer" },
  ]);
  const twice = { subject: "ACME\\BOB", type: "Analyzer", name: "Bob", userId: "1" };
  expect(await act("add", [twice, twice])).toEqual([
    { status: 200, subject: "ACME\\BOB", type: "Analyzer" },
    { status: 200, subject: "ACME\\BOB", type: "Analyzer" },
  ]);
  const eve = { subject: "eve", type: "analyzer" };
  expect(await statuses("add", [eve, eve])).toEqual([201, 200]);
  expect((await list()).data[0]).toEqual({
    subject: "acme\\bob",
    type: "analyzer",
    created: expect.stringMatching(/^2026-08-24T10:00:00\.\d{3}Z$/),
    excess: false,
  });
});

test("each item is decided alone, and has its code", async () => {
  await add("professional", "a", "b");
  expect(
    await statuses("add", [
      { subject: "c", type: "professional" },
      { subject: "c", type: "analyzer" },
      { subject: "c", type: "nothing" },
      { subject: "c", type: "analyzer_time" },
      { subject: "", type: "analyzer" },
      { subject: 7, type: "analyzer" },
      { type: "analyzer" },
      { subject: "d" },
    ]),
  ).toEqual([
    "LICENSES-011",
    201,
    "UNKNOWN_ALLOTMENT",
    "NOT_ASSIGNABLE",
    "INVALID_SUBJECT",
    "INVALID_SUBJECT",
    "INVALID_SUBJECT",
    "UNKNOWN_ALLOTMENT",
  ]);
  const [full] = await act("add", [{ subject: "c", type: "professional" }]);
  expect(full).toEqual({
    status: 403,
    code: "LICENSES-011",
    title: "No available allotment error, No available allotment.",
    subject: "c",
    type: "professional",
  });
});

test("a list without its name is answered as a list", async () => {
  const { status, body } = await client("POST", `${LIST}/actions/add`, [
    { subject: "bob", type: "analyzer" },
  ]);
  expect([status, body]).toEqual([207, [{ status: 201, subject: "bob", type: "analyzer" }]]);
});

test("a body of another shape changes nothing", async () => {
  const item = { subject: "bob", type: "analyzer" };
  for (const body of [
    {},
    { add: item },
    { add: [item, "eve"] },
    { add: Array(5001).fill(item) },
    "add",
    null,
  ]) {
    const refused = await client("POST", `${LIST}/actions/add`, body);
    expect([refused.status, refused.body.code]).toEqual([422, "INVALID_BODY"]);
  }
  expect(await held()).toEqual([]);
});

test("a seat is released by any spelling of its user, once", async () => {
  await add("analyzer", "acme\\bob", "eve");
  await add("professional", "eve");
  expect(
    await act("delete", [
      { subject: "ACME\\Bob", type: "ANALYZER" },
      { subject: "acme\\bob", type: "analyzer" },
      { subject: "eve", type: "professional" },
      { subject: "max", type: "analyzer" },
      { subject: null, type: "analyzer" },
    ]),
  ).toEqual([
    { status: 200, subject: "ACME\\Bob", type: "ANALYZER" },
    ...["acme\\bob", "max"].map(notFound).slice(0, 1),
    { status: 200, subject: "eve", type: "professional" },
    notFound("max"),
    { status: 404, code: "LICENSES-016", title: "Assignment not found.", type: "analyzer" },
  ]);
  expect(await held()).toEqual(["eve analyzer"]);
});

const notFound = (subject: string) => ({
  ...{ status: 404, code: "LICENSES-016", title: "Assignment not found." },
  ...{ subject, type: "analyzer" },
});

test("an update moves a seat to another type, another user, or both", async () => {
  await add("analyzer", "bob", "eve", "kim", "lee");
  expect(
    await statuses("update", [
      { subject: "bob", type: "professional", sourceType: "analyzer" },
      { subject: "eve@acme.example", sourceSubject: "eve" },
      { subject: "kim2", sourceSubject: "kim", type: "professional", sourceType: "analyzer" },
      { subject: "lee", type: "analyzer" },
      { subject: "lee", type: "analyzer", sourceType: "professional" },
      { subject: "max", type: "professional" },
    ]),
  ).toEqual([200, 201, 201, 200, "LICENSES-016", "LICENSES-016"]);
  expect(await held()).toEqual([
    "bob professional",
    "eve@acme.example analyzer",
    "kim2 professional",
    "lee analyzer",
  ]);
});

test("whoever can't be moved keeps the seat", async () => {
  await add("professional", "a", "b");
  await add("analyzer", "c", "a");
  expect(
    await statuses("update", [
      { subject: "c", type: "professional", sourceType: "analyzer" },
      { subject: "c", type: "analyzer_time" },
      { subject: "a", sourceSubject: "a", type: "analyzer" },
      { subject: " ", sourceSubject: "c" },
    ]),
  ).toEqual(["LICENSES-011", "LICENSES-016", "INVALID_ITEM", "LICENSES-016"]);
  expect(await statuses("update", [{ subject: " ", sourceSubject: "c" }])).toEqual(["INVALID_SUBJECT"]);
  expect(await statuses("update", [{ subject: "c", type: "analyzer_time" }])).toEqual(["NOT_ASSIGNABLE"]);
  expect(await held()).toEqual(["a analyzer", "a professional", "b professional", "c analyzer"]);
});

test("full allotments can swap, and a seat in a full one can change hands", async () => {
  await add("professional", "a", "b");
  expect(await statuses("update", [{ subject: "c", sourceSubject: "a" }])).toEqual([201]);
  expect(await held()).toEqual(["b professional", "c professional"]);
  const allotments = [seats("professional", 2), seats("analyzer", 1)];
  const definition = { ...license.definition, allotments };
  await putDefinition(license.number, definition, null, false, SYSTEM, NOW);
  await add("analyzer", "d");
  const swap = [
    { subject: "d", type: "professional", sourceType: "analyzer" },
    { subject: "b", type: "analyzer", sourceType: "professional" },
  ];
  expect(await statuses("update", swap)).toEqual([200, 200]);
  expect(await held()).toEqual(["b analyzer", "c professional", "d professional"]);
});

test("changes are audited with the token as the actor", async () => {
  await add("analyzer", "bob");
  await act("delete", [{ subject: "bob", type: "analyzer" }]);
  const { items } = await listAudit(OWNER, { chain: license.number, limit: 2 });
  expect(items.map(({ action, actorKind }) => [action, actorKind])).toEqual([
    ["assignment.released", "token"],
    ["assignment.added", "token"],
  ]);
});

const href = ({ links }: { links: Record<string, { href: string }> }, way: string) =>
  links[way]?.href ?? null;
const follow = async (url: string) => (await client("GET", url.replace("http://localhost", ""))).body;
const names = ({ data }: { data: { subject: string }[] }) => data.map(({ subject }) => subject);

test.each(["created", "-created", "subject", "-subject", "type", "+subject"])(
  "pages by %s lead forward and back through the same list, and the ends have no link",
  async (sort) => {
    const all = Array.from({ length: 23 }, (_, at) => `user${String(at).padStart(2, "0")}`);
    await add("analyzer", ...all.slice(0, 12));
    await add("analyzer", ...all.slice(12));
    await add("professional", "user05", "zoe");
    const query = `?limit=7&sort=${sort}&filter=${encodeURIComponent('subject sw "user"')}`;
    const forward: string[][] = [];
    let page = await list(query);
    expect(href(page, "prev")).toBeNull();
    for (;;) {
      forward.push(names(page));
      const next = href(page, "next");
      if (!next) break;
      expect(next).toMatch(/^http:\/\/localhost\/api\/v1\/licenses\/assignments\?page=/);
      page = await follow(next);
    }
    expect(forward.map(({ length }) => length)).toEqual([7, 7, 7, 3]);
    expect(new Set(forward.flat())).toEqual(new Set(all));
    const back: string[][] = [];
    for (let prev = href(page, "prev"); prev; prev = href(page, "prev")) {
      page = await follow(prev);
      back.unshift(names(page));
    }
    expect(back).toEqual(forward.slice(0, -1));
    expect(href(page, "next")).not.toBeNull();
  },
);

test("a page is named by its token alone, which begins with its direction and hides its content", async () => {
  await add("analyzer", ...Array.from({ length: 45 }, (_, at) => `secret${at}`));
  const first = await list("?sort=subject&filter=subject%20co%20%22secret%22");
  const next = href(first, "next") ?? "";
  const token = Buffer.from(new URL(next).searchParams.get("page") ?? "", "base64url").toString("latin1");
  expect(token.slice(0, 5)).toBe("next:");
  expect(token).not.toContain("secret");
  const noise = "&limit=3&sort=+type&filter=subject eq bob&limit=x&page=other&orphans=maybe&unknown=1";
  const second = await follow(next + noise);
  expect(names(second)).toHaveLength(20);
  expect(
    Buffer.from(new URL(href(second, "prev") ?? "").searchParams.get("page") ?? "", "base64url")
      .toString("latin1")
      .slice(0, 5),
  ).toBe("prev:");
  expect(await follow(next)).toMatchObject({ data: second.data });
});

test("a token of another license, a changed one and an invented one are refused", async () => {
  await add("analyzer", ...Array.from({ length: 21 }, (_, at) => `user${at}`));
  const token = new URL(href(await list(), "next") ?? "").searchParams.get("page") ?? "";
  const another = await published({ role: "owner", license: (await makeLicense()).number });
  expect((await another("GET", `${LIST}?page=${token}`)).body.code).toBe("INVALID_CURSOR");
  const prev = Buffer.concat([Buffer.from("prev:"), Buffer.from(token, "base64url").subarray(5)]);
  for (const wrong of [prev.toString("base64url"), `${token.slice(0, -2)}AA`, "bmV4dDo", "x"]) {
    const refused = await client("GET", `${LIST}?page=${wrong}`);
    expect([refused.status, refused.body.code]).toEqual([422, "INVALID_CURSOR"]);
  }
});

test("a page whose rows are gone has no next one", async () => {
  const all = Array.from({ length: 6 }, (_, at) => `user${at}`);
  for (const subject of all) await add("analyzer", subject);
  const first = await list("?limit=3");
  const second = await follow(href(first, "next") ?? "");
  const remove = (subjects: string[]) =>
    act(
      "delete",
      subjects.map((subject) => ({ subject, type: "analyzer" })),
    );
  await remove(all.slice(0, 3));
  const before = await follow(href(second, "prev") ?? "");
  expect([names(before), before.links]).toEqual([all.slice(3), {}]);
  await remove(all.slice(3));
  const after = await follow(href(first, "next") ?? "");
  expect([after.data, after.links]).toEqual([[], {}]);
});

test("links repeat the prefix and the license of the address", async () => {
  await add("analyzer", "a", "b");
  const owner = await published({ role: "owner" });
  const path = `/sig/net/l/${license.number}${LIST}`;
  const { body } = await owner("GET", `${path}?limit=1`, undefined, { Host: "keys.example:8080" });
  expect(href(body, "next")).toMatch(new RegExp(`^http://keys\\.example:8080${path}\\?page=`));
  const forwarded = { "X-Forwarded-Host": "keys.example", "X-Forwarded-Proto": "https" };
  const cutOff = { ...forwarded, "X-Forwarded-Prefix": "/cut" };
  const behind = await owner("GET", `/l/${license.number}${LIST}?limit=1`, undefined, cutOff);
  const start = `https://keys.example/cut/l/${license.number}${LIST}?page=`;
  expect(href(behind.body, "next")?.slice(0, start.length)).toBe(start);
});

test("assignments are found by a filter; those in excess are marked", async () => {
  await add("analyzer", "ACME\\bob", 'o"hara', "Łódź 100%");
  await add("professional", "acme\\eve", "max");
  const definition = { ...license.definition, allotments: [seats("professional", 1), seats("analyzer", 50)] };
  await putDefinition(license.number, definition, null, false, SYSTEM, NOW);
  const found = (filter: string) => held(`?sort=subject&filter=${encodeURIComponent(filter)}`);
  expect(await found(String.raw`subject eq "acme\\bob"`)).toEqual(["ACME\\bob analyzer"]);
  expect(await found(String.raw`subject sw "acme\\"`)).toEqual([
    "ACME\\bob analyzer",
    "acme\\eve professional",
  ]);
  expect(await found(String.raw`subject eq "o\"hara"`)).toEqual(['o"hara analyzer']);
  expect(await found('subject eq "łódź 100%"')).toEqual(["Łódź 100% analyzer"]);
  expect(await found('excess eq true and type eq "professional"')).toEqual(["max professional"]);
  expect(await found(`created gt "${new Date(NOW.getTime() + 9_000_000).toISOString()}"`)).toEqual([]);
  const refused = await client("GET", `${LIST}?filter=${encodeURIComponent("subject eq bob")}`);
  expect([refused.status, refused.body.errors[0].code]).toEqual([422, "INVALID_FILTER"]);
});

test("a user is found, assigned and released by every alias", async () => {
  await add("analyzer", "acme\\bob", "eve");
  const scope = { license: license.number, actor: SYSTEM, now: NOW };
  await declareAlias(scope, { subject: "acme\\bob", alias: "bob@acme.example" });
  const filter = (text: string) => held(`?filter=${encodeURIComponent(text)}`);
  expect(await filter('subject eq "BOB@acme.example"')).toEqual(["acme\\bob analyzer"]);
  expect(await filter('subject ne "bob@acme.example"')).toEqual(["eve analyzer"]);
  const named = { subject: "bob@acme.example", type: "analyzer" };
  expect(await statuses("add", [named])).toEqual([200]);
  expect(await statuses("update", [{ subject: "acme\\bob", sourceSubject: "bob@acme.example" }])).toEqual([
    200,
  ]);
  expect(await statuses("delete", [named])).toEqual([200]);
  expect(await held()).toEqual(["eve analyzer"]);
});

test("a license with exact matching is filtered exactly", async () => {
  const { number } = await makeLicense({ settings: { subjectMatching: "exact" } });
  client = await published({ role: "owner", license: number });
  await add("analyzer", "Bob", "bob");
  expect(await held(`?filter=${encodeURIComponent('subject eq "bob"')}`)).toEqual(["bob analyzer"]);
  expect(await held(`?filter=${encodeURIComponent('subject co "B"')}`)).toEqual(["Bob analyzer"]);
});

test.each([
  ["?limit=0", "INVALID_LIMIT"],
  ["?limit=101", "INVALID_LIMIT"],
  ["?limit=ten", "INVALID_LIMIT"],
  ["?sort=excess", "INVALID_SORT"],
])("%s is refused with %s", async (query, code) => {
  const { status, body } = await client("GET", LIST + query);
  expect([status, body.errors[0].code]).toEqual([422, code]);
});

test("doubled, empty and unknown parameters are taken", async () => {
  for (const subject of ["a", "b", "c"]) await add("analyzer", subject);
  expect(names(await list("?limit=2&limit=2&sort=&filter=null&orphans=null&x=1&orphans=true"))).toEqual([
    "a",
    "b",
  ]);
  expect((await list("?orphans=true")).data).toEqual([]);
});

test("orphans=true lists the seats of deployments that are silent, filtered and page by page", async () => {
  const { number, caller } = await deploymentOf();
  const before = new Date(NOW.getTime() - 31 * DAY);
  const added = ["bob", "gwen"].map((subject) => patchFor(number, subject));
  await sync(caller, added, { now: before });
  client = await published({ role: "license-admin", license: number });
  await add("analyzer", "eve");
  expect(names(await list("?sort=subject"))).toEqual(["bob", "eve", "gwen"]);
  const first = await list("?orphans=true&sort=subject&limit=1");
  const second = await follow(href(first, "next") ?? "");
  expect([names(first), names(second), href(second, "next")]).toEqual([["bob"], ["gwen"], null]);
  const filter = encodeURIComponent('subject co "e"');
  expect(names(await list(`?filter=${filter}&orphans=true`))).toEqual(["gwen"]);
});
