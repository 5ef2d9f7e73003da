"use server";

import { z } from "zod";
import { actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { newName } from "@/contract/fields";
import { NewReclaimExemption, NewReclaimRule } from "@/contract/reclaim-schemas";
import type { SeatsUndone } from "@/server/assignments/undo/seat-undo";
import { cancelRun } from "@/server/reclaim/cancelling";
import { addExemption, removeExemption } from "@/server/reclaim/exemptions";
import { previewRun } from "@/server/reclaim/planning";
import { saveReclaimRule } from "@/server/reclaim/reclaim-rules";
import { undoRun } from "@/server/reclaim/undoing";

const wanted = z.strictObject({ allotment: newName, rule: NewReclaimRule });
const change = wanted.extend({ seen: z.string() });

/** Saves the rule of an allotment; refused unless it is still as the page showed it. */
export async function saveRuleHere(
  number: string,
  sent: z.input<typeof change>,
): Promise<ActionResult<void>> {
  const saved = await actOnLicense(number, "assignments.write", async ({ actor, now }) => {
    const { allotment, rule, seen } = parsed(change, sent);
    await saveReclaimRule(number, allotment, rule, seen, actor, now);
  });
  revalidateLicense(saved, number);
  return saved;
}

export type Preview = Awaited<ReturnType<typeof previewRun>>;

/** The seats that a rule would announce now; nothing is saved. */
export async function previewHere(
  number: string,
  sent: z.input<typeof wanted>,
): Promise<ActionResult<Preview>> {
  return actOnLicense(number, "assignments.read", ({ now }) => {
    const { allotment, rule } = parsed(wanted, sent);
    return previewRun(number, allotment, rule, now);
  });
}

export async function exemptHere(
  number: string,
  sent: z.input<typeof NewReclaimExemption>,
): Promise<ActionResult<void>> {
  const added = await actOnLicense(number, "assignments.write", async ({ actor, now }) => {
    await addExemption(number, parsed(NewReclaimExemption, sent), actor, now);
  });
  revalidateLicense(added, number);
  return added;
}

export async function removeExemptionHere(number: string, id: string): Promise<ActionResult<void>> {
  const removed = await actOnLicense(number, "assignments.write", ({ actor, now }) =>
    removeExemption(number, parsed(z.uuid(), id), actor, now),
  );
  revalidateLicense(removed, number);
  return removed;
}

/** Cancels an announced release. */
export async function cancelRunHere(number: string, id: string): Promise<ActionResult<void>> {
  const cancelled = await actOnLicense(number, "assignments.write", ({ actor, now }) =>
    cancelRun(number, parsed(z.uuid(), id), actor, now),
  );
  revalidateLicense(cancelled, number);
  return cancelled;
}

/** Restores the seats that a run released. */
export async function undoRunHere(number: string, id: string): Promise<ActionResult<SeatsUndone>> {
  const undone = await actOnLicense(number, "assignments.write", ({ actor, now }) =>
    undoRun(number, parsed(z.uuid(), id), actor, now),
  );
  revalidateLicense(undone, number);
  return undone;
}
