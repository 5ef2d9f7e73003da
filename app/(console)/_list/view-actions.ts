"use server";

import { revalidatePath } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { actOnSelf, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, text } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { ownPath } from "@/app/own-path";
import { withoutHidden } from "@/contract/fields";
import { comingFrom } from "@/domain/view-search";
import { LISTS, removeView, renameView, type SavedView, saveView } from "@/server/identity/saved-views";

const name = z
  .string()
  .trim()
  .min(1, "Enter a name for the view.")
  .max(60, "A name can have at most 60 characters.")
  .superRefine(withoutHidden);
const view = z.object({ list: z.enum(LISTS), name, search: text(2000) });
const renamed = z.object({ id: z.uuid(), name });

/** Saves the list's current filters as a view, which the list then counts as its origin. Works without JavaScript. */
export async function saveViewByForm(
  _before: ActionResult<SavedView> | null,
  form: FormData,
): Promise<ActionResult<SavedView>> {
  const saved = await actOnSelf(({ who, now }) => {
    const { list, ...kept } = parsed(view, fieldsOf(form));
    return saveView(who.id, list, kept, now);
  });
  revalidateAfter(saved, "/", "layout");
  if (saved.ok) redirect(comingFrom(ownPath(fieldsOf(form).address), saved.did.id), RedirectType.replace);
  return saved;
}

export async function renameViewByForm(
  _before: ActionResult<SavedView> | null,
  form: FormData,
): Promise<ActionResult<SavedView>> {
  const named = await actOnSelf(({ who }) => {
    const sent = parsed(renamed, fieldsOf(form));
    return renameView(who.id, sent.id, sent.name);
  });
  revalidateAfter(named, "/", "layout");
  return named;
}

export async function removeViewByForm(form: FormData): Promise<void> {
  await actOnSelf(({ who }) => removeView(who.id, parsed(z.uuid(), fieldsOf(form).id)));
  revalidatePath("/", "layout");
}
