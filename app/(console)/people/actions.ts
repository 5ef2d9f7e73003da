"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { fieldsOf, tagIn, valuesOf } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { DEFAULT_STYLE, zonedText } from "@/domain/dates/date-style";
import { Refusal } from "@/domain/refusals/refusal";
import { ROLES } from "@/domain/roles";
import { dateStyleOf } from "@/server/identity/date-preferences";
import { invite, renewInvitation, withdrawInvitation } from "@/server/identity/invitations";
import { personById } from "@/server/identity/people-list";
import { changeRights, endSessionsOf, removePerson, type Taken } from "@/server/identity/person-changes";
import { offerRecovery } from "@/server/identity/recovery-links";
import { requireFactor } from "@/server/identity/required-factor";
import { beginSeeing } from "@/server/identity/seeing-as";
import { ownSession } from "@/server/identity/session";
import { type Mailed, mail } from "@/server/mail/mail";
import { invitationMail, recoveryMail } from "@/server/mail/mail-templates";
import { env } from "@/server/store/env";

/** A link that only this response contains, and the mail if one was sent. */
export type CreatedLink = { email: string; link: string; ends: string; mailed: Mailed };

const id = z.uuid();
const rights = z.object({
  role: z.enum(ROLES, "Choose a role."),
  customers: z.array(z.uuid()).max(1000),
});
const factorRoles = z.object({ roles: z.array(z.enum(ROLES, "Choose roles.")).max(ROLES.length) });
const invitation = rights.extend({
  email: z.string().trim().toLowerCase().pipe(z.email("Enter an e-mail address, such as ana@contoso.com.")),
});

/** Invites a person. Works without JavaScript. */
export async function invitePerson(
  _before: ActionResult<CreatedLink> | null,
  form: FormData,
): Promise<ActionResult<CreatedLink>> {
  const invited = await act("people.write", async ({ actor, now }) => {
    const wanted = parsed(invitation, { email: fieldsOf(form).email, ...rightsIn(form) });
    return linkOf({ ...(await invite(wanted, actor, now)), email: wanted.email });
  });
  if (invited.ok) revalidatePath("/people");
  return invited;
}

export async function linkAgain(sent: string): Promise<ActionResult<CreatedLink>> {
  const renewed = await act("people.write", async ({ actor, now }) =>
    linkOf(await renewInvitation(parsed(id, sent), actor, now)),
  );
  revalidateAfter(renewed, "/people");
  return renewed;
}

export async function withdraw(sent: string): Promise<ActionResult<void>> {
  const withdrawn = await act("people.write", ({ actor, now }) =>
    withdrawInvitation(parsed(id, sent), actor, now),
  );
  revalidateAfter(withdrawn, "/people");
  return withdrawn;
}

/** Changes a person's role and customers. */
export async function setRights(
  person: string,
  _before: ActionResult<Taken> | null,
  form: FormData,
): Promise<ActionResult<Taken>> {
  const changed = await act("people.write", ({ actor, now }) =>
    changeRights(parsed(id, person), parsed(rights, rightsIn(form)), actor, now, tagIn(form)),
  );
  revalidateAfter(changed, "/people");
  return changed;
}

export async function makeRecoveryLink(
  person: string,
  dropsSecondFactor: boolean,
): Promise<ActionResult<CreatedLink>> {
  return act("people.write", async ({ actor, now }) => {
    const { email } = await personById(parsed(id, person), now);
    const drops = parsed(z.boolean(), dropsSecondFactor);
    const { token, expires } = await offerRecovery(person, drops, actor, now);
    const link = `${env().PUBLIC_URL}/recover/${token}`;
    const ends = zonedText(expires, await dateStyleOf(email));
    const mailed = await mail(recoveryMail({ to: email, link, ends }));
    return { email, link, ends: zonedText(expires, await dateStyle()), mailed };
  });
}

/** Starts "see as": from the next request on, this session sees the console as that person does. */
export async function seeAs(person: string): Promise<ActionResult<void>> {
  return act("people.write", async ({ actor, now }) => {
    const session = await ownSession();
    if (session) await beginSeeing(session.id, parsed(id, person), actor, now);
  });
}

export async function signOutEverywhere(person: string): Promise<ActionResult<Taken>> {
  const ended = await act("people.write", ({ actor, now }) => endSessionsOf(parsed(id, person), actor, now));
  revalidateAfter(ended, "/people");
  return ended;
}

export async function remove(person: string): Promise<ActionResult<Taken>> {
  const removed = await act("people.write", ({ who, actor, now }) => {
    if (who.id === person)
      throw new Refusal("FORBIDDEN", "You can't remove yourself. Ask another owner to do it.");
    return removePerson(parsed(id, person), actor, now);
  });
  revalidateAfter(removed, "/people");
  return removed;
}

/** Sets the roles that need a second factor. Works without JavaScript. */
export async function setFactorRoles(
  _before: ActionResult<void> | null,
  form: FormData,
): Promise<ActionResult<void>> {
  const saved = await act("people.write", ({ who, actor, now }) => {
    const { roles } = parsed(factorRoles, { roles: valuesOf(form, "roles") });
    return requireFactor(roles, who, tagIn(form), actor, now);
  });
  revalidateAfter(saved, "/people");
  return saved;
}

/** Customers apply only to license admins; for other roles, boxes that are still checked are ignored. */
function rightsIn(form: unknown) {
  const { role } = fieldsOf(form);
  return { role, customers: role === "license-admin" ? valuesOf(form, "customers") : [] };
}

async function linkOf({
  email,
  token,
  expires,
}: {
  email: string;
  token: string;
  expires: Date;
}): Promise<CreatedLink> {
  const link = `${env().PUBLIC_URL}/invite/${token}`;
  const mailed = await mail(invitationMail({ to: email, link, ends: zonedText(expires, DEFAULT_STYLE) }));
  return { email, link, ends: zonedText(expires, await dateStyle()), mailed };
}
