import { beforeAll, expect, test, vi } from "vitest";
import { clientOf } from "@/api/admin/test-client";
import { SYSTEM } from "@/server/access/actor";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { createToken } from "@/server/identity/tokens";
import type { License } from "@/server/licenses/license";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { clock, connectDirectory, type Directory, USER } from "./test-scim";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let license: License;
let okta: Directory;

beforeAll(async () => {
  license = await makeLicense({ allotments: [seats("analyzer", 5)] });
  const groups = [{ group: "Analysts", license: license.number, allotment: "analyzer" }];
  okta = await connectDirectory({ customers: [license.customer.id], groups });
});

const held = async () => (await liveSeats(license.number)).sorted("addedAt").map(({ subject }) => subject);
const assign = (subject: string) =>
  assignSeats({ license: license.number, actor: SYSTEM, now: clock() }, [subject], "analyzer");

test("the connection test reads the first users and groups", async () => {
  for (const path of ["/Users?startIndex=1&count=2", "/Groups?startIndex=1&count=100"])
    expect((await okta.call("GET", path)).body).toMatchObject({
      totalResults: 0,
      startIndex: 1,
      Resources: [],
    });
});

test("a user is deactivated without a path, activated, and deactivated by a whole replacement", async () => {
  const sent = {
    schemas: [USER],
    userName: "bob@acme.example",
    name: { givenName: "Bob", familyName: "Miller" },
    emails: [{ primary: true, value: "bob@acme.example", type: "work" }],
    displayName: "Bob Miller",
    locale: "en-US",
    externalId: "00ujl29u0le5T6Aj10h7",
    groups: [],
    password: "1mz050nq",
    active: true,
  };
  const { body } = await okta.call("POST", "/Users", sent);
  expect(JSON.stringify(body)).not.toContain("1mz050nq");
  await assign("bob@acme.example");
  await okta.patch(`/Users/${body.id}`, { op: "replace", value: { active: false } });
  expect(await held()).toEqual([]);
  await okta.patch(`/Users/${body.id}`, { op: "replace", value: { active: true } });
  await assign("bob@acme.example");
  const replaced = await okta.call("PUT", `/Users/${body.id}`, { ...sent, id: body.id, active: false });
  expect([replaced.status, replaced.body.active, await held()]).toEqual([200, false, []]);
});

test("a pushed group gives seats, is renamed, and its members are replaced", async () => {
  const [a, b] = [await okta.user("a"), await okta.user("b")];
  const group = await okta.group("Analysts", a);
  const path = `/Groups/${group}`;
  await okta.patch(
    path,
    { op: "remove", path: `members[value eq "${a}"]` },
    { op: "add", path: "members", value: [{ value: b, display: "b" }] },
  );
  expect(await held()).toEqual(["b"]);
  await okta.patch(path, { op: "replace", path: "members", value: [{ value: a }, { value: b }] });
  expect((await held()).toSorted()).toEqual(["a", "b"]);
  const renamed = await okta.patch(path, { op: "replace", value: { id: group, displayName: "Analysts EU" } });
  expect(renamed.status).toBe(204);
  expect((await okta.call("GET", path)).body).toMatchObject({
    displayName: "Analysts EU",
    members: [{ value: b }, { value: a }],
  });
  expect((await held()).toSorted()).toEqual(["a", "b"]);
  const put = await okta.call("PUT", path, { displayName: "Analysts EU", members: [{ value: a }] });
  expect(put.body.members.map(({ value }: { value: string }) => value)).toEqual([a]);
  const user = await okta.call("GET", `/Users/${a}`);
  expect(user.body.groups).toMatchObject([{ value: group, display: "Analysts EU" }]);
});

test("a version is checked where it is sent, and not read again where it is current", async () => {
  const id = await okta.user("v");
  const { headers } = await okta.call("GET", `/Users/${id}`);
  const tag = headers.get("etag") ?? "";
  expect((await okta.call("GET", `/Users/${id}`, undefined, { "If-None-Match": tag })).status).toBe(304);
  const change = { schemas: [USER], Operations: [{ op: "replace", path: "title", value: "Lead" }] };
  const call = () => okta.call("PATCH", `/Users/${id}`, change, { "If-Match": tag });
  expect([(await call()).status, (await call()).status]).toEqual([200, 412]);
});

test("pages count from 1, filters and attributes narrow what is sent", async () => {
  for (const name of ["p1", "p2", "p3"])
    await okta.user(name, { emails: [{ type: "work", value: `${name}@x` }] });
  const page = await okta.call(
    "GET",
    `/Users?filter=userName sw "p"&startIndex=2&count=1&attributes=userName`,
  );
  expect(page.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 });
  expect(Object.keys(page.body.Resources[0])).toEqual(["schemas", "id", "userName"]);
  const found = await okta.call("GET", `/Users?filter=emails[type eq "work"].value eq "p3@x"`);
  expect(found.body.Resources.map(({ userName }: { userName: string }) => userName)).toEqual(["p3"]);
  for (const query of [
    "filter=userName",
    "filter=nothing eq 1",
    "startIndex=x",
    "attributes=a&excludedAttributes=b",
  ])
    expect((await okta.call("GET", `/Users?${query}`)).body.status).toBe("400");
});

test("what the server can do is told", async () => {
  const config = await okta.call("GET", "/ServiceProviderConfig");
  expect(config.body).toMatchObject({
    patch: { supported: true },
    etag: { supported: true },
    sort: { supported: false },
  });
  const { body } = await okta.call("GET", "/Schemas");
  expect(body.Resources.map(({ name }: { name: string }) => name)).toEqual([
    "User",
    "EnterpriseUser",
    "Group",
  ]);
  for (const { id } of body.Resources) expect((await okta.call("GET", `/Schemas/${id}`)).body.id).toBe(id);
  expect((await okta.call("GET", "/ResourceTypes/User")).body.endpoint).toBe("/Users");
  expect((await okta.call("GET", "/ResourceTypes/Nothing")).status).toBe(404);
});

test("only the token of a connection gets in, and sees its own users", async () => {
  const id = await okta.user("own");
  const other = await connectDirectory({ license: license.number });
  expect((await other.call("GET", `/Users/${id}`)).body.status).toBe("404");
  expect((await other.call("GET", "/Users")).body.totalResults).toBe(0);
  const { token } = await createToken(OWNER, { name: "Plain", role: "owner" }, SYSTEM, NOW);
  const plain = clientOf(token);
  const list = await plain("GET", "/api/../scim/v2/Users");
  expect([list.status, list.body.schemas]).toEqual([403, ["urn:ietf:params:scim:api:messages:2.0:Error"]]);
  const nobody = await clientOf(null)("GET", "/api/../scim/v2/Users");
  expect([nobody.status, nobody.body.status, nobody.headers.get("www-authenticate")]).toEqual([
    401,
    "401",
    "Bearer",
  ]);
});

test("the last requests are listed by status and code, and name nobody", async () => {
  await okta.call("GET", `/Users?filter=userName eq "secret-name"`);
  await okta.call("DELETE", "/Users/secret-name");
  await okta.call("POST", "/Users", { userName: "own" });
  await okta.call("POST", "/Users", {});
  const { token } = await createToken(OWNER, { name: "Reader", role: "auditor" }, SYSTEM, NOW);
  const { body } = await clientOf(token)("GET", `/scim-connections/${okta.id}/requests`);
  const seen = body.requests.map(({ method, path, status, code }: Record<string, unknown>) => [
    method,
    path,
    status,
    code,
  ]);
  expect(seen.slice(0, 4)).toEqual([
    ["POST", "/scim/v2/Users", 400, "invalidValue"],
    ["POST", "/scim/v2/Users", 409, "uniqueness"],
    ["DELETE", "/scim/v2/Users/…", 404, "NOT_FOUND"],
    ["GET", "/scim/v2/Users", 200, null],
  ]);
  expect(JSON.stringify(body)).not.toContain("secret-name");
});
