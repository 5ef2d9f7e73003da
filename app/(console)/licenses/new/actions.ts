"use server";

import { revalidatePath } from "next/cache";
import { NewLicense } from "@/api/admin/license-schemas";
import { createLicense } from "@/server/licenses";
import { type Answer, act, parsed } from "../../act";

/** Makes a license as it was written, and answers its number. */
export async function create(sent: unknown): Promise<Answer<string>> {
  const made = await act("licenses.write", async ({ actor, now }) => {
    return (await createLicense(parsed(NewLicense, sent), actor, now)).number;
  });
  if (made.ok) revalidatePath("/", "layout");
  return made;
}
