import type { Action } from "@/domain/roles";
import type { Tried } from "./actions";

/** A fetched route of the console, with the request to try. */
type RouteTried = {
  /** The right that it requires; null if every signed-in person may do it. */
  action: Action | null;
  /** Whether it concerns one license, so that another customer's must look as if it didn't exist. */
  isOnLicense?: boolean;
  path(tried: Tried): string;
  /** The body of a POST; without it the request is a GET. */
  body?: string;
};

const ofLicense = (action: Action, rest: string, body?: string): RouteTried => ({
  action,
  isOnLicense: true,
  path: ({ number }) => `/licenses/${number}/${rest}`,
  body,
});

/** Every route of the console that isn't a page, by file; the spec fails for a route that isn't listed. */
export const ROUTES: Record<string, RouteTried> = {
  "audit/export/route.ts": {
    action: "audit.read",
    isOnLicense: true,
    path: ({ number }) => `/audit/export?chain=${number}`,
  },
  "attention/route.ts": { action: "licenses.read", path: () => "/attention" },
  "audit/news/route.ts": {
    action: "audit.read",
    isOnLicense: true,
    path: ({ number, event }) => `/audit/news?chain=${number}&after=${event}`,
  },
  "find/route.ts": {
    action: "licenses.read",
    path: () => "/find",
    body: JSON.stringify({ query: "nobody" }),
  },
  "find/people/route.ts": {
    action: "licenses.read",
    path: () => "/find/people",
    body: JSON.stringify({ query: "nobody" }),
  },
  "session/left/route.ts": { action: null, path: () => "/session/left" },
  "switch/route.ts": { action: "licenses.read", path: () => "/switch" },
  "licenses/[number]/deployments/export/route.ts": ofLicense("deployments.read", "deployments/export"),
  "licenses/[number]/deployments/dual-use/live/route.ts": ofLicense(
    "dual-use.read",
    "deployments/dual-use/live",
  ),
  "licenses/[number]/deployments/offline/upload/log/route.ts": ofLicense(
    "assignments.write",
    "deployments/offline/upload/log",
    "POST",
  ),
  "licenses/[number]/deployments/live/route.ts": ofLicense("deployments.read", "deployments/live"),
  "customers/export/route.ts": { action: "customers.read", path: () => "/customers/export" },
  "users/rows/route.ts": {
    action: "assignments.read",
    path: () => "/users/rows",
    body: '{"query":"","cursor":null}',
  },
  "users/export/route.ts": { action: "assignments.read", path: () => "/users/export", body: "query=" },
  "people/export/route.ts": { action: "people.read", path: () => "/people/export" },
  "tokens/export/route.ts": { action: "tokens.read", path: () => "/tokens/export" },
  "licenses/import/plan/route.ts": {
    action: "legacy.import",
    path: () => "/licenses/import/plan",
    body: "POST",
  },
  "licenses/import/progress/route.ts": {
    action: "legacy.import",
    path: () => "/licenses/import/progress?id=none",
  },
  "licenses/import/start/route.ts": {
    action: "legacy.import",
    path: () => "/licenses/import/start",
    body: "POST",
  },
  "licenses/new/csv/plan/route.ts": {
    action: "licenses.write",
    path: () => "/licenses/new/csv/plan",
    body: "POST",
  },
  "licenses/new/csv/progress/route.ts": {
    action: "licenses.write",
    path: () => "/licenses/new/csv/progress?id=none",
  },
  "licenses/new/csv/start/route.ts": {
    action: "licenses.write",
    path: () => "/licenses/new/csv/start",
    body: "POST",
  },
  "licenses/export/route.ts": { action: "licenses.read", path: () => "/licenses/export" },
  "first-steps/activation/route.ts": { action: "licenses.read", path: () => "/first-steps/activation" },
  "sample/progress/route.ts": { action: "licenses.read", path: () => "/sample/progress" },
  "licenses/[number]/assignments/export/route.ts": ofLicense("assignments.read", "assignments/export"),
  "licenses/[number]/assignments/export/rejected/route.ts": ofLicense(
    "assignments.read",
    "assignments/export/rejected",
  ),
  "licenses/[number]/assignments/export/released/route.ts": ofLicense(
    "assignments.read",
    "assignments/export/released",
  ),
  "licenses/[number]/assignments/history/route.ts": {
    action: "assignments.read",
    isOnLicense: true,
    path: ({ number, instance }) => `/licenses/${number}/assignments/history?open=${instance}`,
  },
  "licenses/[number]/assignments/import/columns/route.ts": ofLicense(
    "assignments.write",
    "assignments/import/columns",
    "POST",
  ),
  "licenses/[number]/assignments/import/plan/route.ts": ofLicense(
    "assignments.write",
    "assignments/import/plan",
    "POST",
  ),
  "licenses/[number]/assignments/rows/route.ts": ofLicense("assignments.read", "assignments/rows"),
  "licenses/[number]/capacity/export/route.ts": ofLicense("usage.read", "capacity/export"),
  "licenses/[number]/capacity/used-by/export/route.ts": ofLicense("usage.read", "capacity/used-by/export"),
  "licenses/[number]/capacity/denied/export/route.ts": ofLicense("rejections.read", "capacity/denied/export"),
  "licenses/[number]/capacity/live/route.ts": ofLicense("usage.read", "capacity/live"),
};
