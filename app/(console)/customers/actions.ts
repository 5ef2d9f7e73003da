"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { act, actOnCustomer, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, tagIn } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { CustomerName } from "@/contract/schemas";
import { createCustomer, renameCustomer } from "@/server/licenses/customers";

/** Creates a customer and opens its page. Works without JavaScript. */
export async function createCustomerByForm(
  _before: ActionResult<unknown> | null,
  form: FormData,
): Promise<ActionResult<unknown>> {
  const made = await act("customers.write", async ({ actor, now }) => {
    const { name } = parsed(CustomerName, { name: fieldsOf(form).name });
    return (await createCustomer(name, actor, now)).id;
  });
  if (!made.ok) return made;
  revalidatePath("/", "layout");
  redirect(`/customers/${made.did}`);
}

export async function renameCustomerByForm(
  _before: ActionResult<string> | null,
  form: FormData,
): Promise<ActionResult<string>> {
  const id = z.string().catch("").parse(fieldsOf(form).id);
  const renamed = await actOnCustomer(id, "customers.write", async ({ actor, now }) => {
    const { name } = parsed(CustomerName, { name: fieldsOf(form).name });
    return (await renameCustomer(id, name, actor, now, tagIn(form))).name;
  });
  revalidateAfter(renamed, "/", "layout");
  return renamed;
}
