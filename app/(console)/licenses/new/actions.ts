"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { act, actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { text } from "@/app/(console)/_lib/form-fields";
import { NewLicense } from "@/contract/license-schemas";
import { NewLicenseTemplate } from "@/contract/template-schemas";
import { refuseOtherSerial } from "@/domain/legacy/lef";
import { cleanPastedLef } from "@/domain/legacy/lef-paste";
import { type LefReading, readLef } from "@/domain/legacy/lef-reading";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { removeTemplate as remove, saveTemplate as save } from "@/server/licenses/license-templates";
import { createLicense, licenseByNumber } from "@/server/licenses/licenses";
import { draftLike, type NewDraft } from "./new-draft";

/** Creates a license and returns its number. */
export async function create(sent: unknown): Promise<ActionResult<string>> {
  const made = await act("licenses.write", async ({ actor, now }) => {
    return (await createLicense(parsed(NewLicense, sent), actor, now)).number;
  });
  if (made.ok) revalidatePath("/", "layout");
  return made;
}

/** A pasted or dropped LEF, with the characters that were removed from it. */
export type PastedReading = LefReading & { removed: string[] };

const pasted = z.strictObject({ lef: text(200_000), number: text(200) });

/** Parses a pasted LEF line by line; refused if it belongs to another license number than the one entered. */
export async function previewLef(sent: z.input<typeof pasted>): Promise<ActionResult<PastedReading>> {
  return act("licenses.write", async () => {
    const { lef, number } = parsed(pasted, sent);
    const { text: clean, removed } = cleanPastedLef(lef);
    const reading = readLef(clean);
    const wanted = parseLicenseNumber(number);
    if (wanted) refuseOtherSerial(reading, wanted);
    return { ...reading, removed };
  });
}

/** The draft of a license that copies another one. */
export async function copyDraft(number: string): Promise<ActionResult<NewDraft>> {
  return actOnLicense(number, "licenses.write", async ({ now }) =>
    draftLike(await licenseByNumber(number, now)),
  );
}

/** Saves a template under a name and returns its id. */
export async function saveTemplate(sent: unknown): Promise<ActionResult<string>> {
  return act("licenses.write", async ({ actor, now }) => {
    return (await save(parsed(NewLicenseTemplate, sent), actor, now)).id;
  });
}

/** Removes a saved template; false if somebody else did. */
export async function removeTemplate(id: string): Promise<ActionResult<boolean>> {
  return act("licenses.write", ({ actor, now }) => remove(parsed(z.uuid(), id), actor, now));
}
