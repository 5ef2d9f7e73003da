"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { fieldsOf, text } from "@/app/(console)/_lib/form-fields";
import { ownPath } from "@/app/own-path";
import { signInByCode, signInByPassword } from "@/server/identity/sign-in";

/** The message of a refused form; `email` is what was typed. */
export type Failed = { sentence: string; email?: string } | null;

const PAUSED = "Sign-in is paused for 5 minutes after too many failed attempts. Wait, then try again.";

const NO_MATCH = "E-mail and password do not match an account. Check both and try again.";
const USED = "This code was used before. Start again with your password, then enter the next code.";
const OVER = "This sign-in took too long or had too many attempts. Start again with your password.";
const NO_CODE = "The code does not match. Codes change every 30 seconds: enter the one shown now.";

const credentials = z.object({ email: text(1000), password: text(1000), next: z.unknown() });
const secondFactor = z.object({ code: text(100), next: z.unknown() });

export async function signIn(_before: Failed, form: FormData): Promise<Failed> {
  const sent = credentials.safeParse(fieldsOf(form));
  if (!sent.success) return { sentence: NO_MATCH };
  const { email, password, next } = sent.data;
  const signedIn = await signInByPassword(email.trim(), password);
  if (signedIn === "paused") return { sentence: PAUSED, email };
  if (signedIn === "in") redirect(ownPath(next));
  if (signedIn !== "code") return { sentence: NO_MATCH, email };
  redirect(`/sign-in/code?next=${encodeURIComponent(ownPath(next))}`);
}

export async function enterCode(_before: Failed, form: FormData): Promise<Failed> {
  const sent = secondFactor.safeParse(fieldsOf(form));
  if (!sent.success) return { sentence: NO_CODE };
  const { code, next } = sent.data;
  const signedIn = await signInByCode(code);
  if (signedIn === "paused") return { sentence: PAUSED };
  if (signedIn === "over") return { sentence: OVER };
  if (signedIn === "used") return { sentence: USED };
  if (signedIn === "wrong") return { sentence: NO_CODE };
  redirect(ownPath(next));
}
