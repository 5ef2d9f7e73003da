import { notFound } from "next/navigation";
import { cache } from "react";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { seesSubjects } from "@/domain/roles";
import { allowedOn, seen } from "@/server/identity/session";
import { userOfSeat } from "@/server/users/user";

export type UserParams = { params: Promise<{ number: string; instance: string }> };

/** The gate of a user's page; returns the user, read once per request, or null for a role that can't see names. */
export async function userOfPage({ params }: UserParams) {
  const { number, instance } = await params;
  const license = parseLicenseNumber(number);
  if (!license) notFound();
  return readUser(license, instance);
}

const readUser = cache(async (license: string, instance: string) => {
  const who = await allowedOn(license, "licenses.read");
  const now = new Date();
  const user = seesSubjects(who.role) ? await seen(() => userOfSeat(who, { license, instance }, now)) : null;
  return { who, now, user };
});
