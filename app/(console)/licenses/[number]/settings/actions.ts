"use server";

import { z } from "zod";
import { actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { someSettings, status } from "@/contract/license-schemas";
import { allowOnLicense } from "@/server/access/gate";
import { issueUndoToken } from "@/server/assignments/undo/undo-token";
import type { LicenseSettings } from "@/server/licenses/license";
import { changeLicense, isOwnSetting } from "@/server/licenses/license-changes";
import { licenseByNumber } from "@/server/licenses/licenses";

const statusChange = z.strictObject({ to: status, was: status });

/** Changes settings and returns what undoes that; refused unless they still have the values that the page showed. */
export async function changeSettings(
  number: string,
  sent: Partial<LicenseSettings>,
  seen: Partial<LicenseSettings>,
): Promise<ActionResult<{ undo: string }>> {
  const changed = await actOnLicense(number, "settings.write", async ({ who, actor, now }) => {
    const [settings, still] = [parsed(someSettings, sent), parsed(someSettings, seen)];
    if (!isOwnSetting({ settings })) await allowOnLicense(who, "licenses.write", number);
    const before = (await licenseByNumber(number, now)).settings;
    await changeLicense(number, { settings, still }, null, actor, now);
    const to = Object.fromEntries(Object.entries(before).filter(([name]) => name in settings));
    const set = { field: "license.settings" as const, to, still: settings };
    return { undo: issueUndoToken([{ set }], { license: number, actor, now }) };
  });
  revalidateLicense(changed, number);
  return changed;
}

/** Suspends, revokes or reinstates a license; refused unless its status is still the one that the page showed. */
export async function changeStatus(
  number: string,
  sent: z.input<typeof statusChange>,
): Promise<ActionResult<void>> {
  const changed = await actOnLicense(number, "licenses.write", async ({ actor, now }) => {
    const { to, was } = parsed(statusChange, sent);
    await changeLicense(number, { status: to, still: { status: was } }, null, actor, now);
  });
  revalidateLicense(changed, number);
  return changed;
}
