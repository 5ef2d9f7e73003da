"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, valuesOf } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { NewToken } from "@/contract/token-schemas";
import { DAY } from "@/domain/month";
import { Refusal } from "@/domain/refusals/refusal";
import type { Role } from "@/domain/roles";
import { createToken, revokeToken } from "@/server/identity/tokens";

export type CreatedToken = { name: string; token: string };

const chosen = z.object({ license: z.string().trim().optional(), days: z.coerce.number().int().min(0) });

/** Creates a token. Only this response contains its text. Works without JavaScript. */
export async function makeToken(
  _before: ActionResult<CreatedToken> | null,
  form: FormData,
): Promise<ActionResult<CreatedToken>> {
  const made = await act("tokens.write", async ({ who, actor, now }) => {
    const wanted = parsed(NewToken, wantedIn(form, now));
    if (!wanted.license) refuseUnbound(who.role);
    const { name, token } = await createToken(who, wanted, actor, now);
    return { name, token };
  });
  if (made.ok) revalidatePath("/tokens");
  return made;
}

export async function endToken(id: string): Promise<ActionResult<void>> {
  const ended = await act("tokens.write", ({ who, actor, now }) =>
    revokeToken(who, parsed(z.uuid(), id), actor, now),
  );
  revalidateAfter(ended, "/tokens");
  return ended;
}

function wantedIn(form: unknown, now: Date): object {
  const sent = fieldsOf(form);
  const { license, days } = parsed(chosen, {
    license: sent.license,
    days: sent.days,
  });
  const customers = valuesOf(form, "customers");
  return {
    name: sent.name,
    role: sent.role,
    ...(license ? { license } : {}),
    ...(customers.length > 0 ? { customers } : {}),
    ...(days > 0 ? { expires: new Date(now.getTime() + days * DAY).toISOString() } : {}),
  };
}

/**
 * In the console, a license admin creates tokens for a single license: a program rarely needs everything that a person
 * may see.
 */
function refuseUnbound(role: Role): void {
  if (role !== "license-admin") return;
  const title = "Enter the license that the token is for.";
  throw new Refusal("INVALID_BODY", title, {
    faults: [{ code: "INVALID_SCOPE", title, pointer: "/license" }],
  });
}
