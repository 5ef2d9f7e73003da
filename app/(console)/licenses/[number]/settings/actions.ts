"use server";

import { revalidatePath } from "next/cache";
import { someSettings, status as statusForm } from "@/api/admin/license-schemas";
import { allowOnLicense } from "@/server/gate";
import { changeLicense, isOwnSetting } from "@/server/license-changes";
import { type LicenseSettings, licenseByNumber } from "@/server/licenses";
import { sealInverses } from "@/server/undo-seal";
import { type Answer, actOnLicense, parsed } from "../../../act";

/** Sets some settings, and gives what takes that back. */
export async function changeSettings(
  number: string,
  sent: Partial<LicenseSettings>,
): Promise<Answer<{ undo: string }>> {
  const changed = await actOnLicense(number, "settings.write", async ({ who, actor, now }) => {
    const settings = parsed(someSettings, sent);
    if (!isOwnSetting({ settings })) await allowOnLicense(who, "licenses.write", number);
    const before = (await licenseByNumber(number, now)).settings;
    await changeLicense(number, { settings }, null, actor, now);
    const to = Object.fromEntries(Object.entries(before).filter(([name]) => name in settings));
    const set = { field: "license.settings" as const, to, still: settings };
    return { undo: sealInverses([{ set }], { license: number, actor, now }) };
  });
  revalidatePath(`/licenses/${number}`, "layout");
  return changed;
}

export async function changeStatus(
  number: string,
  sent: "active" | "suspended" | "revoked",
): Promise<Answer<void>> {
  const changed = await actOnLicense(number, "licenses.write", async ({ actor, now }) => {
    await changeLicense(number, { status: parsed(statusForm, sent) }, null, actor, now);
  });
  revalidatePath(`/licenses/${number}`, "layout");
  return changed;
}
