import { beforeAll, expect, test, vi } from "vitest";
import { createApi } from "@/api/app";
import { ROLES } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import { createToken, revokeToken } from "@/server/identity/tokens";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { clock, connectDirectory, type Directory } from "./test-scim";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const app = createApi({ clock });
const PATH = "/scim/v2";

let routes: string[];
let own: Directory;
let other: Directory;
let customer: string;
let ids: Record<string, string>;

beforeAll(async () => {
  const license = await makeLicense();
  customer = license.customer.id;
  own = await connectDirectory({ customers: [customer] });
  other = await connectDirectory({ customers: [customer] });
  const user = await own.user("ann");
  ids = { Users: user, Groups: await own.group("Analysts", user), Schemas: "x", ResourceTypes: "User" };
  const { paths }: { paths: Record<string, object> } = await (await app.request("/api/openapi.json")).json();
  routes = Object.entries(paths)
    .filter(([path]) => path.startsWith(PATH))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
});

/** Sends a request without content to a route; `{…}` is an object of the first directory. */
async function statusFor(token: string | null, route: string): Promise<number> {
  const [method = "", pattern = ""] = route.split(" ");
  const path = pattern.replace(/\{\w+\}/, ids[pattern.split("/")[3] ?? ""] ?? "");
  const headers: HeadersInit = token === null ? {} : { Authorization: `Bearer ${token}` };
  return (await app.request(path, { method, headers })).status;
}

const statusesFor = async (token: string | null) =>
  new Set(await Promise.all(routes.map((route) => statusFor(token, route))));

test("every route of SCIM is closed to callers without a token, and to revoked ones", async () => {
  expect(routes.length).toBeGreaterThan(10);
  expect(await statusesFor(null)).toEqual(new Set([401]));
  const { id, token } = await createToken(OWNER, { name: "Old", role: "owner" }, SYSTEM, NOW);
  await revokeToken(OWNER, id, SYSTEM, NOW);
  expect(await statusesFor(token)).toEqual(new Set([401]));
});

test.each(ROLES)("every route of SCIM is closed to tokens of %ss that aren't a directory's", async (role) => {
  const customers = role === "license-admin" ? [customer] : undefined;
  const { token } = await createToken(OWNER, { name: "Plain", role, customers }, SYSTEM, NOW);
  expect(await statusesFor(token)).toEqual(new Set([403]));
});

test("a directory reaches no user and no group of another one, even of the same customer", async () => {
  for (const [kind, id] of [
    ["Users", ids.Users],
    ["Groups", ids.Groups],
  ])
    for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
      const body = method === "GET" || method === "DELETE" ? undefined : whole(method, String(kind));
      const path = `/${kind}/${id}`;
      expect([method, path, (await other.call(method, path, body)).status]).toEqual([method, path, 404]);
    }
  expect((await own.call("GET", `/Users/${ids.Users}`)).body.active).toBe(true);
  expect((await own.call("GET", `/Groups/${ids.Groups}`)).body.members).toHaveLength(1);
});

function whole(method: string, kind: string): object {
  const schema = (name: string) => [`urn:ietf:params:scim:${name}`];
  const operations = [{ op: "replace", path: "displayName", value: "Taken" }];
  if (method === "PATCH") return { schemas: schema("api:messages:2.0:PatchOp"), Operations: operations };
  return kind === "Users"
    ? { schemas: schema("schemas:core:2.0:User"), userName: "taken", active: false }
    : { schemas: schema("schemas:core:2.0:Group"), displayName: "Taken" };
}
