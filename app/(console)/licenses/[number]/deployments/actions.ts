"use server";

import { z } from "zod";
import { actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateLicense, text } from "@/app/(console)/_lib/form-fields";
import { withoutHidden } from "@/contract/fields";
import { SUSPICION_CODES } from "@/domain/suspicions";
import { isPlainText } from "@/domain/text";
import { issueUndoToken } from "@/server/assignments/undo/undo-token";
import { forgetDeployment, renameDeployment } from "@/server/deployments/deployments";
import { clearSuspicion } from "@/server/deployments/suspicions";

const source = text(200).min(1);
const renaming = z.object({
  source,
  name: z
    .string()
    .trim()
    .refine((text) => isPlainText(text), "A name must be one line of at most 200 characters.")
    .superRefine(withoutHidden),
  was: text(200).trim(),
});
const clearing = z.object({ source, code: z.enum(SUSPICION_CODES) });

/** Renames a deployment. `was` is the name that the page showed; undo restores it. */
export async function renameHere(
  number: string,
  sent: z.input<typeof renaming>,
): Promise<ActionResult<{ undo: string }>> {
  const renamed = await actOnLicense(number, "deployments.write", async ({ actor, now }) => {
    const { source: deployment, name, was } = parsed(renaming, sent);
    await renameDeployment(number, deployment, name, actor, now, { still: was });
    const set = { field: "deployment.name" as const, source: deployment, to: was, still: name };
    return { undo: issueUndoToken([{ set }], { license: number, actor, now }) };
  });
  revalidateLicense(renamed, number);
  return renamed;
}

export async function clearHere(number: string, sent: z.input<typeof clearing>): Promise<ActionResult<void>> {
  const cleared = await actOnLicense(number, "deployments.write", async ({ actor, now }) => {
    const { source: deployment, code } = parsed(clearing, sent);
    await clearSuspicion(number, deployment, code, actor, now);
  });
  revalidateLicense(cleared, number);
  return cleared;
}

export async function forgetHere(number: string, sent: string): Promise<ActionResult<void>> {
  const forgotten = await actOnLicense(number, "deployments.write", ({ actor, now }) =>
    forgetDeployment(number, parsed(source, sent), actor, now),
  );
  revalidateLicense(forgotten, number);
  return forgotten;
}
