"use server";

import { redirect } from "next/navigation";
import { signOut } from "@/server/sign-in";

export async function signOutHere(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}
