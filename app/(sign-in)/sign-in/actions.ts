"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { ownPath } from "@/app/own-path";
import { signInByCode, signInByPassword } from "@/server/sign-in";

/** What a form that was not taken says; `email` is what was typed. */
export type Failed = { sentence: string; email?: string } | null;

const PAUSED = "Sign-in is paused for 5 minutes. There were too many failed tries. Wait, then try again.";

const credentials = z.object({ email: z.string(), password: z.string(), next: z.string().optional() });
const secondFactor = z.object({ code: z.string(), next: z.string().optional() });

export async function signIn(_before: Failed, form: FormData): Promise<Failed> {
  const { email, password, next } = credentials.parse(Object.fromEntries(form));
  const signedIn = await signInByPassword(email.trim(), password);
  if (signedIn === "paused") return { sentence: PAUSED, email };
  if (signedIn === "wrong" || signedIn === "over")
    return { sentence: "E-mail and password do not match an account. Check both and try again.", email };
  if (signedIn === "in") redirect(ownPath(next));
  redirect(`/sign-in/code?next=${encodeURIComponent(ownPath(next))}`);
}

export async function enterCode(_before: Failed, form: FormData): Promise<Failed> {
  const { code, next } = secondFactor.parse(Object.fromEntries(form));
  const signedIn = await signInByCode(code);
  if (signedIn === "paused") return { sentence: PAUSED };
  if (signedIn === "over")
    return { sentence: "This sign-in took too long or had too many tries. Start again with your password." };
  if (signedIn === "wrong")
    return { sentence: "The code does not match. Codes change every 30 seconds: take the one shown now." };
  redirect(ownPath(next));
}
