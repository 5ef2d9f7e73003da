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
import { acceptInvitation } from "@/server/identity/invitations";
import { signInByPassword } from "@/server/identity/sign-in";

/** The errors of a refused form, and the name that was typed. */
export type Unaccepted = FormError & { name: string };

const acceptance = z.object({ token: text(200), name: personName, password: newPassword });

/** Creates the invited account and signs in to it. */
export async function accept(_before: Unaccepted | null, form: FormData): Promise<Unaccepted | null> {
  const sent = fieldsOf(form);
  const name = String(sent.name ?? "");
  const parsed = acceptance.safeParse(sent);
  if (!parsed.success) return { name, wrong: errorsByField(parsed.error) };
  const { token, ...chosen } = parsed.data;
  let email = "";
  const refused = await refusalOf(async () => {
    ({ email } = await acceptInvitation(token, chosen, new Date()));
  });
  if (refused) return { name, ...refused };
  await signInByPassword(email, chosen.password);
  redirect("/second-factor");
}
