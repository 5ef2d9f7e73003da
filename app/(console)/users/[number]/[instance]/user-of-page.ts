import { notFound } from "next/navigation";
import { cache } from "react";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { allowedOn, seen } from "@/server/identity/session";
import { userOfSeat } from "@/server/users/user";

export type UserParams = { params: Promise<{ number: string; instance: string }> };

/** The gate of a user's page; returns the user, read once per request. */
export async function userOfPage({ params }: UserParams) {
  const { number, instance } = await params;
  const license = parseLicenseNumber(number);
  if (!license) notFound();
  return readUser(license, instance);
}

const readUser = cache(async (license: string, instance: string) => {
  const who = await allowedOn(license, "assignments.read");
  const now = new Date();
  return { who, now, user: await seen(() => userOfSeat(who, { license, instance }, now)) };
});
