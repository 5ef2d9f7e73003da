"use server";

import { z } from "zod";
import { actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { type Imported, importSeats } from "@/server/assignments/files/assignment-import";

const lines = z
  .array(z.object({ subject: z.string().max(1000), allotment: z.string().max(200) }))
  .min(1)
  .max(1000);

/** Assigns the seats of some rows of a file. */
export async function importLines(number: string, sent: unknown): Promise<ActionResult<Imported>> {
  return actOnLicense(number, "assignments.write", ({ actor, now }) =>
    importSeats({ license: number, actor, now }, parsed(lines, sent)),
  );
}
