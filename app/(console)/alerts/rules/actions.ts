"use server";

import { z } from "zod";
import { act, actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateLicense, text } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { NewAlertRules } from "@/contract/alert-schemas";
import { saveRules } from "@/server/alerts/alert-rules";
import { INSTALLATION } from "@/server/secrets/data-keys";

/** The rules, or null for those of the level above, and the tag of the rules that the page showed. */
const change = z.strictObject({ rules: NewAlertRules.shape.rules.nullable(), seen: text(100) });
type Change = z.input<typeof change>;

/** Saves the rules of the installation; refused unless they are still as the page showed them. */
export async function saveDefaults(sent: Change): Promise<ActionResult<void>> {
  const saved = await act("alert-defaults.write", ({ actor, now }) => {
    const { rules, seen } = parsed(change, sent);
    return saveRules(INSTALLATION, rules, seen, actor, now);
  });
  revalidateAfter(saved, "/alerts/rules");
  return saved;
}

/** Saves a license's own rules; refused unless they are still as the page showed them. */
export async function saveRulesHere(number: string, sent: Change): Promise<ActionResult<void>> {
  const saved = await actOnLicense(number, "alerts.write", ({ actor, now }) => {
    const { rules, seen } = parsed(change, sent);
    return saveRules(number, rules, seen, actor, now);
  });
  revalidateLicense(saved, number);
  return saved;
}
