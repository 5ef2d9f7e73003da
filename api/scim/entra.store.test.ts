import { beforeAll, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import type { License } from "@/server/licenses/license";
import { listEffects } from "@/server/scim/effects";
import { makeLicense, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { clock, connectDirectory, type Directory, USER } from "./test-scim";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let license: License;
let entra: Directory;

beforeAll(async () => {
  license = await makeLicense({ allotments: [seats("analyzer", 3), seats("professional", 1)] });
  const groups = [{ group: "Analysts", license: license.number, allotment: "analyzer" }];
  entra = await connectDirectory({ license: license.number, groups });
});

const held = async () =>
  (await liveSeats(license.number))
    .sorted("addedAt")
    .map(({ subject, allotment }) => `${subject} ${allotment}`);
const reported = async (wanted: string) =>
  (await listEffects(entra.id, { limit: 100 })).items.flatMap(({ kind, subject, isDone, code }) =>
    kind === wanted ? [[subject, isDone, code]] : [],
  );
const scope = () => ({ license: license.number, actor: SYSTEM, now: clock() });

test("the connection test: a filter by a user name that nobody has", async () => {
  const { status, body, headers } = await entra.call("GET", `/Users?filter=userName+eq+%22no-one%22`);
  expect([status, headers.get("content-type")]).toEqual([200, "application/scim+json"]);
  expect(body).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    ...{ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
  });
});

test("a user is created, found, changed, deactivated and deleted, and the seats are released", async () => {
  await assignSeats(scope(), ["Bob@acme.example"], "professional");
  await assignSeats(scope(), ["bob@acme.example", "eve@acme.example"], "analyzer");
  const created = await entra.call("POST", "/Users", {
    schemas: [USER, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    externalId: "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
    userName: "bob@acme.example",
    active: true,
    emails: [{ primary: true, type: "work", value: "bob@acme.example" }],
    meta: { resourceType: "User" },
    name: { formatted: "Bob Miller", familyName: "Miller", givenName: "Bob" },
    roles: [],
  });
  expect(created.status).toBe(201);
  const { id } = created.body;
  expect(created.headers.get("location")).toBe(created.body.meta.location);
  expect(created.headers.get("etag")).toBe(created.body.meta.version);

  const found = await entra.call("GET", `/Users?filter=userName eq "BOB@acme.example"&attributes=id`);
  expect(found.body.Resources).toEqual([{ schemas: [USER], id }]);

  const changed = await entra.patch(
    `/Users/${id}`,
    { op: "Replace", path: 'emails[type eq "work"].value', value: "b@acme.example" },
    { op: "Add", path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", value: "IT" },
    { op: "Add", path: 'addresses[type eq "work"].country', value: "DE" },
  );
  expect(changed.body).toMatchObject({
    emails: [{ primary: true, type: "work", value: "b@acme.example" }],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "IT" },
  });

  const off = await entra.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" });
  expect([off.status, off.body.active]).toEqual([200, false]);
  expect(await held()).toEqual(["eve@acme.example analyzer"]);
  const again = await entra.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" });
  expect([again.status, again.body.meta.version]).toEqual([200, off.body.meta.version]);

  expect((await entra.call("DELETE", `/Users/${id}`)).status).toBe(204);
  for (const method of ["GET", "DELETE"]) expect((await entra.call(method, `/Users/${id}`)).status).toBe(404);
});

test("a user name is taken once, and is free again after a delete", async () => {
  const id = await entra.user("kim");
  const taken = await entra.call("POST", "/Users", { schemas: [USER], userName: "KIM" });
  expect(taken.body).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    ...{ status: "409", scimType: "uniqueness" },
    detail: "Another user of this connection has this user name.",
  });
  await entra.call("DELETE", `/Users/${id}`);
  await entra.call("DELETE", `/Users/${await entra.user("kim")}`);
});

test("members of a mapped group get seats in the order of arrival, up to the units", async () => {
  const [a, b, c] = [await entra.user("a"), await entra.user("b"), await entra.user("c")];
  const group = await entra.group("analysts", a);
  const path = `/Groups/${group}`;
  const added = await entra.patch(path, {
    op: "Add",
    path: "members",
    value: [{ $ref: null, value: b }, { value: c }],
  });
  expect([added.status, added.body]).toEqual([204, null]);
  const read = await entra.call("GET", path);
  expect(read.body.members.map(({ display }: { display: string }) => display)).toEqual(["a", "b", "c"]);
  expect(await held()).toEqual(["eve@acme.example analyzer", "a analyzer", "b analyzer"]);

  await entra.patch(path, { op: "Remove", path: "members", value: [{ value: a }] });
  expect(await held()).toEqual(["eve@acme.example analyzer", "b analyzer", "c analyzer"]);

  await entra.patch(path, { op: "Remove", path: `members[value eq "${c}"]` });
  const listed = await entra.call(
    "GET",
    `/Groups?excludedAttributes=members&filter=displayName eq "Analysts"`,
  );
  expect(listed.body.Resources).toMatchObject([{ id: group, displayName: "analysts" }]);
  expect(listed.body.Resources[0]).not.toHaveProperty("members");
  expect(await held()).toEqual(["eve@acme.example analyzer", "b analyzer"]);

  expect((await entra.call("DELETE", path)).status).toBe(204);
  expect(await held()).toEqual(["eve@acme.example analyzer"]);
});

test("a deactivation is applied beside an operation that can't be, which the report names", async () => {
  const id = await entra.user("max");
  await assignSeats(scope(), ["max"], "analyzer");
  const { status, body } = await entra.patch(
    `/Users/${id}`,
    { op: "Replace", path: "title", value: { wrong: true } },
    { op: "Replace", path: "active", value: "False" },
  );
  expect([status, body.active]).toEqual([200, false]);
  expect(await held()).not.toContain("max analyzer");
  expect(await reported("operation-failed")).toEqual([
    ["Operation 1: title must be a text of at most 1000 characters in one line.", false, "invalidValue"],
  ]);
});

test("a member whom the connection doesn't know is left out, and named in the report", async () => {
  const stranger = "6b1c6d0e-8a13-4f0e-8a6a-9a0b7a2f0a01";
  const id = await entra.group("Strangers", stranger, "nobody");
  expect((await entra.call("GET", `/Groups/${id}`)).body.members).toEqual([]);
  expect(await reported("member-unknown")).toEqual([
    ["nobody", false, null],
    [stranger, false, null],
  ]);
});

test("without a deactivation a PATCH is applied whole or not at all", async () => {
  const id = await entra.user("lee");
  const refused = await entra.patch(
    `/Users/${id}`,
    { op: "Replace", path: "title", value: "Lead" },
    { op: "Replace", path: "displayName", value: { wrong: true } },
  );
  expect([refused.status, refused.body.scimType]).toEqual([400, "invalidValue"]);
  expect((await entra.call("GET", `/Users/${id}`)).body).not.toHaveProperty("title");
});
