"use server";

import { redirect } from "next/navigation";
import { stay } from "@/server/session-end";
import { signOut } from "@/server/sign-in";

export async function signOutHere(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}

/** How many milliseconds the session lasts from now on; null when it was over. */
export async function stayHere(): Promise<number | null> {
  return stay(new Date());
}
