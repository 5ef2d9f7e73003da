"use server";

import { z } from "zod";
import { actOnCustomer, actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { Notes } from "@/contract/notes-schemas";
import { saveNotes } from "@/server/licenses/notes";

const tagSeen = z.string().max(100);

/** Saves the notes of a license; refused unless they are still as the page showed them. */
export async function saveLicenseNotes(
  number: string,
  sent: unknown,
  tag: string,
): Promise<ActionResult<void>> {
  const saved = await actOnLicense(number, "notes.write", async ({ actor, now }) => {
    await saveNotes({ license: number }, parsed(Notes, sent), parsed(tagSeen, tag), actor, now);
  });
  revalidateAfter(saved, "/", "layout");
  return saved;
}

/** Saves the notes of a customer; refused unless they are still as the page showed them. */
export async function saveCustomerNotes(id: string, sent: unknown, tag: string): Promise<ActionResult<void>> {
  const saved = await actOnCustomer(id, "notes.write", async ({ actor, now }) => {
    await saveNotes({ customer: id }, parsed(Notes, sent), parsed(tagSeen, tag), actor, now);
  });
  revalidateAfter(saved, "/", "layout");
  return saved;
}
