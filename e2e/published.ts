import { randomUUID } from "node:crypto";
import { type Client, unwrap } from "signet/client";
import type { Role } from "@/domain/roles";

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
