"use server";

import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { acknowledgeAlert } from "@/server/alerts/alerts";

/** Acknowledges an alert, and those below it about the same thing. */
export async function acknowledgeHere(id: string): Promise<ActionResult<void>> {
  const done = await act("alerts.write", async ({ who, actor, now }) => {
    await acknowledgeAlert(who, parsed(z.uuid(), id), actor, now);
  });
  revalidateAfter(done, "/alerts");
  return done;
}
