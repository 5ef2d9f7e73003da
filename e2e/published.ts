import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect } from "@playwright/test";

export type Seat = { subject: string; type: string };
export type Seats = Seat[];

export function seatOf(subject: string, type = "analyzer"): Seat {
  return { subject, type };
}

/** A new API token, of an owner by default; bound to a license if one is named. */
export async function tokenFor(api: APIRequestContext, license?: string, role = "owner"): Promise<string> {
  const data = { name: `client ${randomUUID()}`, role, license };
  const made = await api.post("/api/v1/admin/tokens", { data });
  expect(made.status(), await made.text()).toBe(201);
  return (await made.json()).token;
}
