"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { text } from "@/app/(console)/_lib/form-fields";
import { NewLicense } from "@/contract/license-schemas";
import { refuseOtherSerial } from "@/domain/legacy/lef";
import { cleanPastedLef } from "@/domain/legacy/lef-paste";
import { type LefReading, readLef } from "@/domain/legacy/lef-reading";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { createLicense } from "@/server/licenses/licenses";

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
