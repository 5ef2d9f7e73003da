"use server";

import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { rotateSigningKey, withdrawSigningKey } from "@/server/keys/signing-keys";

/** Creates a key and makes it the active one. */
export async function rotateKey(): Promise<ActionResult<{ kid: string }>> {
  const rotated = await act("signing-keys.write", ({ actor, now }) => rotateSigningKey(actor, now));
  revalidateAfter(rotated, "/signing-keys");
  return rotated;
}

export async function withdrawKey(kid: string): Promise<ActionResult<{ stops: number }>> {
  const withdrawn = await act("signing-keys.write", ({ actor, now }) =>
    withdrawSigningKey(parsed(z.uuid(), kid), false, actor, now),
  );
  revalidateAfter(withdrawn, "/signing-keys");
  return withdrawn;
}
