import { readdirSync } from "node:fs";
import type { APIRequestContext } from "@playwright/test";
import { isReading, ROLES, type Role, rightOf } from "@/domain/roles";
import { ACTIONS, SILENT, type Tried, type TriedAction } from "./actions";
import { seats, timeAllotment } from "./guide";
import { pagesOf } from "./pages";
import { expect, seeAs, test } from "./people";
import { ROUTES } from "./routes";
import { builtActions, sendAction, tried } from "./sent-action";

const CONSOLE = "app/(console)/";

test("the specs try every server action and route of the console with every role", () => {
  const routes = readdirSync(CONSOLE, { recursive: true, encoding: "utf8" });
  expect([...builtActions(CONSOLE).keys()].sort()).toEqual([...Object.keys(ACTIONS), ...SILENT].sort());
  expect(routes.filter((path) => path.endsWith("route.ts")).sort()).toEqual(Object.keys(ROUTES).sort());
});

test("the specs open every page with every role, and at every width", () => {
  const shown = { customerId: "1", webhook: "2", delivery: "3", directory: "5", instance: "4", subject: "" };
  const listed = pagesOf({ number: "1234123412341234", ...shown }).map(({ path }) => path.split("?")[0]);
  const files = readdirSync("app", { recursive: true, encoding: "utf8" });
  const pages = files.filter((path) => /(^|\/)page\.tsx$/.test(path) && !path.includes("/@"));
  const unlisted = pages.filter((file) => !listed.some((path) => patternOf(file).test(String(path))));
  expect(unlisted, "pages that e2e/pages.ts does not list").toEqual([]);
});

test("every page of the console has a crumb or an empty one", () => {
  const files = readdirSync(CONSOLE, { recursive: true, encoding: "utf8" });
  const pages = files.filter((path) => /(^|\/)page\.tsx$/.test(path));
  const crumbs = pages
    .filter((path) => path.startsWith("@crumb/"))
    .map((path) => path.slice("@crumb".length));
  const bare = pages.filter((path) => !path.startsWith("@crumb/")).map((path) => `/${path}`);
  const isNamed = (page: string) => crumbs.some((crumb) => crumbPattern(crumb).test(page));
  expect(bare.filter((page) => !isNamed(page))).toEqual([]);
});

for (const role of ROLES)
  test(`actions and routes follow the rights of ${role}s`, async ({ person, issue, api, baseURL }) => {
    const allotments = [seats(3), timeAllotment()];
    const own = await tried(api, await issue({ allotments }));
    // Only a license admin has licenses that aren't theirs.
    const isScoped = role === "license-admin";
    const licenses = isScoped ? { own, other: await tried(api, await issue({ allotments })) } : { own };
    const { page } = await person(role, isScoped ? own.customerId : undefined);
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [where, license] of Object.entries(licenses)) {
      const scope = { role, isForeign: where === "other" };
      for (const [name, action] of Object.entries(ACTIONS)) {
        if (action.isGrave && expectedResult(scope, action) === "taken") continue;
        expected[`${where}: ${name}`] = expectedResult(scope, action);
        found[`${where}: ${name}`] = await runAction(page.request, String(baseURL), name, action, license);
      }
      for (const [name, { path, body, ...route }] of Object.entries(ROUTES)) {
        expected[`${where}: ${name}`] = expectedResult(scope, route);
        const { status } = await fetchRoute(page.request, path(license), body);
        found[`${where}: ${name}`] = STATUSES[status] ?? "taken";
      }
    }
    expect(found).toEqual(expected);
  });

test("seeing as a license admin allows no change, and no more data than the admin sees", async ({
  person,
  issue,
  api,
  baseURL,
}) => {
  const [own, other] = [await tried(api, await issue()), await tried(api, await issue())];
  const { page } = await person("owner");
  await seeAs(page, await person("license-admin", own.customerId));
  const found: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [where, license] of Object.entries({ own, other })) {
    const scope = { role: "license-admin", isForeign: where === "other" } as const;
    for (const [name, action] of Object.entries(ACTIONS)) {
      const right = expectedResult(scope, action);
      const isRead = action.action !== null && isReading(action.action);
      expected[`${where}: ${name}`] = right === "taken" && !isRead ? "refused" : right;
      found[`${where}: ${name}`] = await runAction(page.request, String(baseURL), name, action, license);
    }
  }
  expect(found).toEqual(expected);
});

/** The URL pattern of a page: `app/(console)/licenses/[number]/page.tsx` serves `/licenses/…`. */
function patternOf(file: string): RegExp {
  const parts = file
    .split("/")
    .slice(0, -1)
    .filter((part) => !part.startsWith("("));
  const path = parts.map((part) => (part.startsWith("[") ? "[^/]+" : part)).join("/");
  return new RegExp(`^/${path}$`);
}

/** The URL pattern of a crumb: `/help/[...page]/page.tsx` covers every page below `/help`. */
function crumbPattern(file: string): RegExp {
  const parts = file
    .split("/")
    .map((part) => (part.startsWith("[...") ? ".+" : part.replace(/[[\]().]/g, "\\$&")));
  return new RegExp(`^${parts.join("/")}$`);
}

type Scope = { role: Role; isForeign: boolean };

function expectedResult(
  { role, isForeign }: Scope,
  { action, isOnLicense }: Pick<TriedAction, "action" | "isOnLicense">,
) {
  if (isOnLicense && isForeign) return "not there";
  const right = action === null ? "yes" : rightOf(role, action);
  return { yes: "taken", no: "refused", hidden: "not there" }[right];
}

const STATUSES: Record<number, string> = { 403: "refused", 404: "not there", 500: "broken", 503: "broken" };
const CODES: Record<string, string> = { FORBIDDEN: "refused", NOT_FOUND: "not there" };

async function fetchRoute(request: APIRequestContext, path: string, body: string | undefined) {
  const response = await request.fetch(path, { method: body ? "POST" : "GET", data: body });
  return { status: response.status() };
}

/** Sends an action like the browser does, and returns its result. The input is invalid, so that nothing changes. */
async function runAction(
  request: APIRequestContext,
  origin: string,
  name: string,
  { sent }: TriedAction,
  license: Tried,
): Promise<string> {
  const built = builtActions(CONSOLE).get(name);
  if (!built) return "not built";
  const response = await sendAction(request, origin, built, sent(license), license.number);
  // The result may follow a long text on the same line.
  const told = /\w+:(\{"ok":.*\})$/m.exec(await response.text())?.[1];
  if (!told) return `broken: ${response.status()}`;
  const { refused } = JSON.parse(told);
  return CODES[refused?.code] ?? "taken";
}
