"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { actOnSelf, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, text } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { newPassword, personName } from "@/app/(sign-in)/new-person";
import { MAIL_CHOICES } from "@/domain/alerts/mail-choice";
import { DATE_FORMS } from "@/domain/dates/date-form";
import { CLOCKS } from "@/domain/dates/date-style";
import { parseZone } from "@/domain/dates/zone";
import { chooseMail } from "@/server/alerts/mail-preferences";
import { chooseDateStyle } from "@/server/identity/date-preferences";
import { endOtherSessions, endSession, renamePerson } from "@/server/identity/own-sessions";
import { changePassword } from "@/server/identity/password";
import { endSecondFactor, renewRecoveryCodes } from "@/server/identity/second-factor";
import { ownAccount } from "@/server/identity/session";

const profile = z.object({ name: personName });
const mailing = z.object({ mail: z.enum(MAIL_CHOICES, "Choose how often you get e-mails.") });
const dates = z.object({
  zone: z.string().transform((typed, context) => {
    const zone = parseZone(typed);
    if (!zone) context.addIssue("Choose a time zone from the list, such as Europe/Berlin.");
    return zone ?? z.NEVER;
  }),
  dateForm: z.enum(DATE_FORMS, "Choose how dates are written."),
  clock: z.enum(CLOCKS, "Choose a clock."),
});
const given = z.object({ password: z.string().max(1000) });
const passwords = given.extend({ chosen: newPassword });

export async function rename(
  _before: ActionResult<void> | null,
  form: FormData,
): Promise<ActionResult<void>> {
  const renamed = await actOnSelf(({ who, actor, now }) => {
    const { name } = parsed(profile, fieldsOf(form));
    return renamePerson(who.id, name, actor, now);
  });
  if (renamed.ok) revalidatePath("/", "layout");
  return renamed;
}

/** Returns how many other sessions the change ended. */
export async function setPassword(
  _before: ActionResult<number> | null,
  form: FormData,
): Promise<ActionResult<number>> {
  const changed = await actOnSelf(async ({ who, actor, now }) => {
    const { password, chosen } = parsed(passwords, fieldsOf(form));
    const { session } = await ownAccount();
    return changePassword(who.id, { current: password, chosen, session: session.id }, actor, now);
  });
  revalidateAfter(changed, "/account");
  return changed;
}

/** Creates new recovery codes; only this response contains them. */
export async function renewCodes(form: FormData): Promise<ActionResult<string[]>> {
  return actOnSelf(({ who, actor, now }) => {
    const { password } = parsed(given, fieldsOf(form));
    return renewRecoveryCodes(who.id, password, actor, now);
  });
}

export async function turnOffSecondFactor(form: FormData): Promise<ActionResult<void>> {
  const ended = await actOnSelf(({ who, actor, now }) => {
    const { password } = parsed(given, fieldsOf(form));
    return endSecondFactor(who.id, password, actor, now);
  });
  if (ended.ok) revalidatePath("/account");
  return ended;
}

export async function endOne(session: string): Promise<ActionResult<void>> {
  const ended = await actOnSelf(({ who, actor, now }) =>
    endSession(who.id, parsed(text(100), session), actor, now),
  );
  revalidateAfter(ended, "/account");
  return ended;
}

export async function endOthers(): Promise<ActionResult<number>> {
  const ended = await actOnSelf(async ({ who, actor, now }) => {
    const { session } = await ownAccount();
    return endOtherSessions(who.id, session.id, actor, now);
  });
  revalidateAfter(ended, "/account");
  return ended;
}

/** Sets the time zone and the form of the person's dates and times. Works without JavaScript. */
export async function setDateStyle(
  _before: ActionResult<void> | null,
  form: FormData,
): Promise<ActionResult<void>> {
  const chosen = await actOnSelf(({ who, now }) =>
    chooseDateStyle(who.id, parsed(dates, fieldsOf(form)), now),
  );
  if (chosen.ok) revalidatePath("/", "layout");
  return chosen;
}

/** Sets how often the person gets e-mails about alerts. */
export async function setMailChoice(
  _before: ActionResult<void> | null,
  form: FormData,
): Promise<ActionResult<void>> {
  const chosen = await actOnSelf(({ who, now }) =>
    chooseMail(who.id, parsed(mailing, fieldsOf(form)).mail, now),
  );
  revalidateAfter(chosen, "/account");
  return chosen;
}
