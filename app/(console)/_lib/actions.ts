"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { endSeeing } from "@/server/identity/seeing-as";
import { ownSession } from "@/server/identity/session";
import { stay } from "@/server/identity/session-end";
import { signOut } from "@/server/identity/sign-in";

export async function signOutHere(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}

/** Ends "see as" and opens the page of the person who was seen. */
export async function stopSeeing(person: string): Promise<void> {
  const session = await ownSession();
  if (session) await endSeeing(session.id);
  revalidatePath("/", "layout");
  const open = z.uuid().safeParse(person);
  redirect(open.success ? `/people?open=${open.data}` : "/people");
}

/** Extends the session and returns its remaining milliseconds, or null if it had already ended. */
export async function stayHere(): Promise<number | null> {
  return stay(new Date());
}
