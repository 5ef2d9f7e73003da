import { randomUUID } from "node:crypto";
import type { RunningServer } from "@/e2e/server";

/** Where the management API is, and the owner's token. */
type Managed = Pick<RunningServer, "console" | "token">;

/** The result of a request and its duration. */
export type Reply = { status: number; code?: string; retryAfter: number; ms: number; body: unknown };

/** A license on a server, with a deployment that reports and syncs. */
export type Deployment = {
  number: string;
  key: string;
  report(door: string, sequence: number, consumption?: number): Promise<Reply>;
  add(door: string, subject: string): Promise<Reply>;
};

const USER_AGENT = "Licenses/1.6.4 (windows) QSEfW";
const MONTH = new Date().toISOString().slice(0, 7);
const LICENSE = {
  product: "QSEfW",
  customer: "Faults",
  allotments: [
    { name: "analyzer_time", usage: { class: "time", minimum: 5 }, units: [{ count: 100_000, valid: "" }] },
    { name: "professional", usage: { class: "assigned", minimum: 1 }, units: [{ count: 1000, valid: "" }] },
  ],
};

export async function deploymentOn(server: Managed, wanted: { number?: string } = {}): Promise<Deployment> {
  const made = await manage(server, "POST", "/licenses", { ...LICENSE, ...wanted });
  const { number } = made.body as { number: string };
  const { key } = (await manage(server, "POST", `/licenses/${number}/keys`, {})).body as { key: string };
  const source = randomUUID();
  const headers = { Authorization: `Bearer ${key}`, "User-Agent": USER_AGENT };
  return {
    number,
    key,
    report: (door, sequence, consumption = 5) =>
      ask(`${door}/v1/consumption`, "POST", headers, {
        source,
        consumption: [{ id: 1, allotment: "analyzer_time", month: MONTH, consumption, sequence }],
      }),
    add: (door, subject) =>
      ask(`${door}/v1/assignments/sync`, "POST", headers, {
        source,
        bases: [{ license: number, version: 0 }],
        patches: [patch(number, subject)],
      }),
  };
}

/** One request to the management API, as the owner. */
export function manage(server: Managed, method: string, path: string, body?: object): Promise<Reply> {
  const headers = { Authorization: `Bearer ${server.token}` };
  return ask(`${server.console}/api/v1/admin${path}`, method, headers, body);
}

/** The month's total of minutes according to the management API. */
export async function totalOf(server: Managed, { number }: Deployment): Promise<number> {
  const { body } = await manage(server, "GET", `/licenses/${number}/usage?month=${MONTH}`);
  return (body as { allotments: { total: number }[] }).allotments[0]?.total ?? 0;
}

export async function ask(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Reply> {
  const begun = performance.now();
  const response = await fetch(url, {
    method,
    headers: body ? { ...headers, "Content-Type": "application/json" } : headers,
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const told = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
  return {
    status: response.status,
    code: told.code,
    retryAfter: Number(response.headers.get("retry-after")),
    ms: Math.round(performance.now() - begun),
    body: told,
  };
}

function patch(license: string, subject: string) {
  const created = new Date().toISOString();
  return { instance: "", version: 0, license, allotment: "professional", subject, created };
}
