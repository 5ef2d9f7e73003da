"use server";

import { z } from "zod";
import { actOnKey, actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { NewKey, Revocation } from "@/contract/schemas";
import {
  issueLicenseKey,
  revealLicenseKey,
  revokeLicenseKey,
  type ShownKey,
} from "@/server/keys/license-keys";

/** Issues a key for a license. Works without JavaScript. */
export async function issueKey(
  number: string,
  _before: ActionResult<ShownKey> | null,
  form: FormData,
): Promise<ActionResult<ShownKey>> {
  const issued = await actOnLicense(number, "keys.issue", ({ actor, now }) => {
    const { label } = parsed(NewKey, { label: fieldsOf(form).label ?? "" });
    return issueLicenseKey(number, label, actor, now);
  });
  if (issued.ok) revalidateLicense(issued, number);
  return issued;
}

/** Shows a key again, which the audit records. Browsers don't store the response of an action. */
export async function revealKey(jti: string): Promise<ActionResult<{ key: string }>> {
  return actOnKey(jti, "keys.reveal", async ({ actor, now }) => {
    const { key } = await revealLicenseKey(jti, actor, now);
    return { key };
  });
}

export async function revokeKey(jti: string, reason: string): Promise<ActionResult<{ number: string }>> {
  const revoked = await actOnKey(jti, "keys.revoke", async ({ actor, now }, number) => {
    const { reason: why } = parsed(Revocation, { reason: parsed(z.string(), reason) });
    await revokeLicenseKey(jti, why, actor, now);
    return { number };
  });
  if (revoked.ok) revalidateLicense(revoked, revoked.did.number);
  return revoked;
}
