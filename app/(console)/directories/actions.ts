"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, tagIn, valuesOf } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { NewScimConnection, ScimConnectionChange } from "@/contract/scim-schemas";
import { DAY } from "@/domain/month";
import { changeConnection, createConnection, removeConnection } from "@/server/scim/connections";

/** A connection with its token, which no other response contains. */
export type ConnectedDirectory = { id: string; name: string; token: string };

const id = z.uuid();
const chosen = z.object({ days: z.coerce.number().int().min(0) });

/** Connects a directory. Only this response contains its token. Works without JavaScript. */
export async function connectByForm(
  _before: ActionResult<ConnectedDirectory> | null,
  form: FormData,
): Promise<ActionResult<ConnectedDirectory>> {
  const made = await act("scim.write", async ({ who, actor, now }) => {
    const wanted = parsed(NewScimConnection, newIn(form, now));
    const { id: made, name, token } = await createConnection(who, wanted, actor, now);
    return { id: made, name, token };
  });
  if (made.ok) revalidatePath("/directories");
  return made;
}

/** Saves the settings; refused if they are no longer as the form showed them. */
export async function changeByForm(
  connection: string,
  _before: ActionResult<void> | null,
  form: FormData,
): Promise<ActionResult<void>> {
  const changed = await act("scim.write", async ({ who, actor, now }) => {
    const change = parsed(ScimConnectionChange, settingsIn(form));
    await changeConnection(who, parsed(id, connection), change, actor, now, tagIn(form));
  });
  revalidateAfter(changed, "/directories", "layout");
  return changed;
}

/** Turns report mode on or off. */
export async function setReportMode(connection: string, report: unknown): Promise<ActionResult<void>> {
  const changed = await act("scim.write", async ({ who, actor, now }) => {
    const change = parsed(ScimConnectionChange, { report });
    await changeConnection(who, parsed(id, connection), change, actor, now);
  });
  revalidateAfter(changed, "/directories", "layout");
  return changed;
}

export async function removeDirectoryNow(connection: string): Promise<ActionResult<void>> {
  const removed = await act("scim.write", ({ who, actor, now }) =>
    removeConnection(who, parsed(id, connection), actor, now),
  );
  if (removed.ok) revalidatePath("/directories");
  return removed;
}

function newIn(form: unknown, now: Date): object {
  const { name, license, days, report } = fieldsOf(form);
  const customers = valuesOf(form, "customers");
  const inDays = parsed(chosen, { days }).days;
  return {
    ...{ name, report: report === "on", ...settingsIn(form) },
    ...(typeof license === "string" && license.trim() ? { license: license.trim() } : {}),
    ...(customers.length > 0 ? { customers } : {}),
    ...(inDays > 0 ? { expires: new Date(now.getTime() + inDays * DAY).toISOString() } : {}),
  };
}

/** A row of the mappings without a group is ignored. */
function settingsIn(form: unknown): object {
  const sent = fieldsOf(form);
  const rows = Object.keys(sent).flatMap((name) => /^group-(\d{1,4})$/.exec(name)?.[1] ?? []);
  const groups = rows.map((row) => ({
    group: sent[`group-${row}`],
    license: sent[`in-${row}`],
    allotment: sent[`allotment-${row}`],
  }));
  return {
    subject: sent.subject,
    groups: groups.filter(({ group }) => typeof group !== "string" || group.trim() !== ""),
  };
}
