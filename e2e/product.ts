import type { Problem } from "./problem";

/** The address that a product calls, and its key. */
export type Deployment = { door: string; key: string };

/** A response. A refusal's body is a problem, so its members may be present. */
export type ApiResponse<Body> = { status: number; headers: Headers; body: Body & Partial<Problem> };

export type Base = { license: string; version: number; epoch?: string };

export type Patch = {
  instance: string;
  version: number;
  license: string;
  allotment: string;
  subject: string;
  created: string;
  deleted?: string;
  auto?: boolean;
  lastUsed?: string;
  excess?: boolean;
  rejection?: string;
};

export type SyncRequest = { source: string; bases: Base[]; patches: Partial<Patch>[]; after?: string };
export type SyncReply = { bases: Base[]; patches: Patch[]; snapshot?: true; more?: string };

export type Element = {
  id: unknown;
  allotment: unknown;
  month: unknown;
  consumption: unknown;
  sequence?: unknown;
  sessions?: unknown;
};
export type Report = {
  source: string;
  userAgent?: string;
  consumption: Element[];
  denials?: unknown;
  run?: string;
  leases?: object[];
};
export type Booked = {
  id: unknown;
  allotment: string;
  month: string;
  total: number;
  quota: number;
  overage: number | "YES";
  remaining: number | null;
  denied: boolean;
  duplicate: boolean;
  sequence?: number;
  sessions?: number;
  error?: { code: string; detail: string };
};
export type ReportReply = { serverTime: string; consumption: Booked[]; leases?: object[] };

export type Definition = {
  license: string;
  version: string;
  epoch: string;
  status: string;
  definition: {
    product: string;
    valid: string;
    trial: boolean;
    allotments: unknown[];
    parameters: unknown[];
  };
  settings: { autoAssignProfessional: boolean; autoAssignAnalyzer: boolean; subjectMatching: string };
  sld: string;
  serverTime: string;
  latestValidTime: string;
  refreshAfter: number;
  syncEvery: number;
};

const USER_AGENT = "Licenses/1.6.4 (windows) QSEfW";

export function activate(
  site: Deployment,
  body: object = { cause: "Initial" },
): Promise<ApiResponse<Definition>> {
  return call(site, "POST", "/v1/activations", body);
}

export function report(
  site: Deployment,
  body: Report,
  headers: Record<string, string> = {},
): Promise<ApiResponse<ReportReply>> {
  return call(site, "POST", "/v1/consumption", body, headers);
}

export function consumptionOf(site: Deployment, month: string): Promise<ApiResponse<ReportReply>> {
  return call(site, "GET", `/v1/consumption?month=${encodeURIComponent(month)}`);
}

export function sync(site: Deployment, body: SyncRequest): Promise<ApiResponse<SyncReply>> {
  return call(site, "POST", "/v1/assignments/sync", body);
}

/**
 * Sends a request like a product; text is sent unchanged, anything else as JSON. A page of a balancer counts as a
 * response without a body.
 */
export async function call<Body>(
  { door, key }: Deployment,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiResponse<Body>> {
  const response = await fetch(door + path, {
    method,
    headers: {
      Authorization: `Bearer ${key}`,
      "User-Agent": USER_AGENT,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isPage = response.headers.get("content-type")?.startsWith("text/html");
  return {
    status: response.status,
    headers: response.headers,
    body: text && !isPage ? JSON.parse(text) : {},
  };
}

/** A patch that adds an assignment the server doesn't know yet. */
export function newPatch(license: string, subject: string, more: Partial<Patch> = {}): Patch {
  const created = new Date().toISOString();
  return { instance: "", version: 0, license, allotment: "professional", subject, created, ...more };
}

/** The assignments that a deployment without a base receives. */
export async function assignmentsOf(
  site: Deployment,
  license: string,
  source = "someone new",
): Promise<Patch[]> {
  const { body } = await sync(site, { source, bases: [{ license, version: 0 }], patches: [] });
  return body.patches;
}
