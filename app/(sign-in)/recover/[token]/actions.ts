"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { fieldsOf, text } from "@/app/(console)/_lib/form-fields";
import { errorsByField, type FormError, newPassword, refusalOf } from "@/app/(sign-in)/new-person";
import { recover } from "@/server/identity/recovery-links";
import { signInByPassword } from "@/server/identity/sign-in";

const recovery = z.object({ token: text(200), password: newPassword });

/** Sets a new password and signs in with it; the second factor is still required. */
export async function setNewPassword(_before: FormError | null, form: FormData): Promise<FormError | null> {
  const parsed = recovery.safeParse(fieldsOf(form));
  if (!parsed.success) return { wrong: errorsByField(parsed.error) };
  const { token, password } = parsed.data;
  let email = "";
  const refused = await refusalOf(async () => {
    ({ email } = await recover(token, password, new Date()));
  });
  if (refused) return refused;
  redirect((await signInByPassword(email, password)) === "code" ? "/sign-in/code" : "/");
}
