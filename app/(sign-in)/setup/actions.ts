"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { fieldsOf, text } from "@/app/(console)/_lib/form-fields";
import {
  errorsByField,
  type FormError,
  newPassword,
  personName,
  refusalOf,
} from "@/app/(sign-in)/new-person";
import { createFirstOwner } from "@/server/identity/people";
import { signInByPassword } from "@/server/identity/sign-in";

/** The errors of a refused form, and what was typed. */
export type Unfinished = FormError & { name: string; email: string };

const newOwner = z.object({
  token: text(200),
  name: personName,
  email: z.string().trim().toLowerCase().pipe(z.email("Enter an e-mail address, such as ana@contoso.com.")),
  password: newPassword,
});

export async function setUp(_before: Unfinished | null, form: FormData): Promise<Unfinished | null> {
  const sent = fieldsOf(form);
  const typed = { name: String(sent.name ?? ""), email: String(sent.email ?? "") };
  const parsed = newOwner.safeParse(sent);
  if (!parsed.success) return { ...typed, wrong: errorsByField(parsed.error) };
  const { token, ...owner } = parsed.data;
  const refused = await refusalOf(() => createFirstOwner(token, owner, new Date()));
  if (refused) return { ...typed, ...refused };
  await signInByPassword(owner.email, owner.password);
  redirect("/second-factor");
}
