import { randomUUID } from "node:crypto";
import { type Client, unwrap } from "signet/client";
import type { Role } from "@/domain/roles";
import { expect } from "./fixtures";
import { type Deployment, report } from "./product";

export type Seat = { subject: string; type: string };
export type Seats = Seat[];

export function seatOf(subject: string, type = "analyzer"): Seat {
  return { subject, type };
}

/** A new API token, of an owner by default; bound to a license if one is named. */
export async function tokenFor(client: Client, license?: string, role: Role = "owner"): Promise<string> {
  const body = { name: `client ${randomUUID()}`, role, license };
  const made = await unwrap(client.POST("/api/v1/admin/tokens", { body }));
  if (!("token" in made)) throw new Error("The response to a repeat has no token.");
  return made.token;
}

/** What the sessions of a report name. */
export const SESSION = { subject: "acme\\bob", app: "Quarterly sales" };

/** Reports so many sessions of one minute, as one deployment; each ends a second before the one before it. */
export async function reportSessions(site: Deployment, count: number): Promise<void> {
  const now = Date.now();
  const sessions = Array.from({ length: count }, (_, at) => {
    const [start, end] = [new Date(now - 60_000 - at * 1000), new Date(now - at * 1000)];
    return { id: `session ${at}`, ...SESSION, start, end, minutes: 1 };
  });
  const month = new Date(now).toISOString().slice(0, 7);
  const element = { id: 1, allotment: "analyzer_time", month, consumption: count, sessions };
  const { status, body } = await report(site, { source: "site", consumption: [element] });
  expect([status, body.consumption[0]?.sessions]).toEqual([200, count]);
}
