"use server";

import { z } from "zod";
import { actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { LeaseReason } from "@/contract/lease-schemas";
import { endHold } from "@/server/consumption/leases/lease-hold";
import { releaseLease } from "@/server/consumption/leases/lease-release";

/** Releases what a deployment reserved and hasn't used. */
export async function releaseHere(number: string, lease: string, form: FormData): Promise<ActionResult> {
  const released = await actOnLicense(number, "leases.release", async ({ actor, now }) => {
    const { reason } = parsed(LeaseReason, { reason: fieldsOf(form).reason });
    await releaseLease(number, parsed(z.uuid(), lease), reason, actor, now);
    return undefined;
  });
  if (released.ok) revalidateLicense(released, number);
  return released;
}

/** Ends the hold that followed a restore of the server. */
export async function endHoldHere(number: string, form: FormData): Promise<ActionResult> {
  const ended = await actOnLicense(number, "leases.end-hold", async ({ actor, now }) => {
    const { reason } = parsed(LeaseReason, { reason: fieldsOf(form).reason });
    await endHold(number, reason, actor, now);
    return undefined;
  });
  if (ended.ok) revalidateLicense(ended, number);
  return ended;
}
