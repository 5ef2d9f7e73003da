"use server";

import { z } from "zod";
import { actOnCheckout, actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { CheckoutReturn, NewCheckout } from "@/contract/checkout-schemas";
import { line } from "@/contract/fields";
import type { SignedCheckout } from "@/server/checkouts/checkout-document";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { downloadCheckout, returnCheckout } from "@/server/checkouts/checkouts";
import { closeLog, replyTo } from "@/server/offline/uploaded-logs";
import { checkoutIn } from "./checkout-in";

/** Issues a signed definition from the form. */
export async function issueDefinition(
  number: string,
  _before: ActionResult<SignedCheckout> | null,
  form: FormData,
): Promise<ActionResult<SignedCheckout>> {
  const issued = await actOnLicense(number, "checkouts.write", ({ actor, now }) => {
    const wanted = parsed(NewCheckout, checkoutIn(fieldsOf(form)));
    return issueCheckout(number, wanted, actor, now);
  });
  if (issued.ok) revalidateLicense(issued, number);
  return issued;
}

/** Downloads the same document again, which the audit records. */
export async function downloadAgain(id: string): Promise<ActionResult<string>> {
  return actOnCheckout(id, "checkouts.write", async ({ actor, now }, checkout) => {
    const { sld } = await downloadCheckout(checkout, actor, now);
    return sld;
  });
}

export async function markReturned(number: string, id: string, form: FormData): Promise<ActionResult> {
  const returned = await actOnCheckout(id, "checkouts.write", async ({ actor, now }, checkout) => {
    const { reason } = parsed(CheckoutReturn, {
      reason: parsed(z.string().optional(), fieldsOf(form).reason),
    });
    await returnCheckout(checkout, reason, actor, now);
    return undefined;
  });
  if (returned.ok) revalidateLicense(returned, number);
  return returned;
}

/** Signs the reply to an offline log. */
export async function signReply(number: string, log: string): Promise<ActionResult<string>> {
  return actOnLicense(number, "deployments.read", ({ now }) => replyTo(number, parsed(z.uuid(), log), now));
}

/** Closes an offline log, so that a deployment that started over can upload a new one. */
export async function closeLogHere(number: string, log: string, form: FormData): Promise<ActionResult> {
  const closed = await actOnLicense(number, "assignments.write", async ({ actor, now }) => {
    const reason = parsed(line.default(""), fieldsOf(form).reason);
    await closeLog(number, parsed(z.uuid(), log), reason, actor, now);
    return undefined;
  });
  if (closed.ok) revalidateLicense(closed, number);
  return closed;
}
