"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { Refusal } from "@/domain/refusal";
import { isPlainText } from "@/domain/text";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "@/server/auth";
import { createFirstOwner, type NewOwner } from "@/server/people";
import { signInByPassword } from "@/server/sign-in";

type Field = "name" | "email" | "password";

/** What was not taken, by field, and what was typed. */
export type Unfinished = {
  sentence?: string;
  wrong: Partial<Record<Field, string>>;
  name: string;
  email: string;
};

const newOwner = z.object({
  token: z.string(),
  name: z
    .string()
    .trim()
    .min(1, "Write your name.")
    .refine((text) => isPlainText(text), "Write your name in 200 characters or fewer."),
  email: z.string().trim().toLowerCase().pipe(z.email("Write an e-mail address, like ana@contoso.com.")),
  password: z
    .string()
    .min(SHORTEST_PASSWORD, `Choose ${SHORTEST_PASSWORD} characters or more.`)
    .max(LONGEST_PASSWORD, `Choose ${LONGEST_PASSWORD} characters or fewer.`),
});

export async function setUp(_before: Unfinished | null, form: FormData): Promise<Unfinished | null> {
  const typed = { name: String(form.get("name") ?? ""), email: String(form.get("email") ?? "") };
  const parsed = newOwner.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { ...typed, wrong: faultsByField(parsed.error) };
  const { token, ...owner } = parsed.data;
  const refused = await refusal(token, owner);
  if (refused) return { ...typed, wrong: {}, sentence: refused };
  await signInByPassword(owner.email, owner.password);
  redirect("/");
}

async function refusal(token: string, owner: NewOwner): Promise<string | null> {
  try {
    await createFirstOwner(token, owner, new Date());
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.detail;
    throw error;
  }
}

function faultsByField(error: z.ZodError): Unfinished["wrong"] {
  return Object.fromEntries(error.issues.map(({ path, message }) => [path[0], message]));
}
