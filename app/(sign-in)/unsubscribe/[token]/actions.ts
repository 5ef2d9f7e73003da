"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { fieldsOf, text } from "@/app/(console)/_lib/form-fields";
import { unsubscribe } from "@/server/alerts/unsubscribing";

const link = z.object({ token: text(500) });

/** Ends the e-mails about alerts of the person whose link this is. It works without a session. */
export async function endMails(form: FormData): Promise<void> {
  const parsed = link.safeParse(fieldsOf(form));
  if (!parsed.success) return;
  await unsubscribe(parsed.data.token, new Date());
  revalidatePath("/unsubscribe/[token]", "page");
}
