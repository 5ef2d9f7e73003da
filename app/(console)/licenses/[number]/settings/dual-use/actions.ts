"use server";

import { z } from "zod";
import { actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { DualUseOfferChange, NewDualUseOffer, OfferTerms } from "@/contract/dual-use-schemas";
import { changeDualUseOffer, offerDualUse, withdrawDualUseOffer } from "@/server/dual-use/dual-use-offers";

const change = z.strictObject({ id: z.uuid(), terms: DualUseOfferChange, seen: OfferTerms });

/** Creates an offer for dual use on the license. */
export async function offerHere(
  number: string,
  sent: z.input<typeof NewDualUseOffer>,
): Promise<ActionResult<void>> {
  const offered = await actOnLicense(number, "dual-use.offer", async ({ actor, now }) => {
    await offerDualUse(number, parsed(NewDualUseOffer, sent), actor, now);
  });
  revalidateLicense(offered, number);
  return offered;
}

/** Changes an offer; refused unless it is still as the page showed it. */
export async function changeOfferHere(
  number: string,
  sent: z.input<typeof change>,
): Promise<ActionResult<void>> {
  const changed = await actOnLicense(number, "dual-use.offer", async ({ actor, now }) => {
    const { id, terms, seen } = parsed(change, sent);
    await changeDualUseOffer(number, id, terms, actor, now, { still: seen });
  });
  revalidateLicense(changed, number);
  return changed;
}

export async function withdrawOfferHere(number: string, id: string): Promise<ActionResult<void>> {
  const withdrawn = await actOnLicense(number, "dual-use.offer", ({ actor, now }) =>
    withdrawDualUseOffer(number, parsed(z.uuid(), id), actor, now),
  );
  revalidateLicense(withdrawn, number);
  return withdrawn;
}
