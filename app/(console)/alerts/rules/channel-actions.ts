"use server";

import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { NewAlertChannel } from "@/contract/alert-schemas";
import { createChannel, removeChannel, testChannel } from "@/server/alerts/channels";

const PAGE = "/alerts/rules";

/** Creates a channel from the form's fields. */
export async function addChannel(form: FormData): Promise<ActionResult<void>> {
  const added = await act("alert-channels.write", async ({ actor, now }) => {
    const { name, kind, url, customer } = fieldsOf(form);
    await createChannel(parsed(NewAlertChannel, { name, kind, url, customer: customer || null }), actor, now);
  });
  revalidateAfter(added, PAGE);
  return added;
}

/** Sends a test message. Returns why it wasn't delivered; null if it was. */
export async function sendTest(id: string): Promise<ActionResult<{ error: string | null }>> {
  const tested = await act("alert-channels.write", async ({ actor, now }) => {
    const { lastError: error } = await testChannel(parsed(z.uuid(), id), actor, now);
    return { error };
  });
  revalidateAfter(tested, PAGE);
  return tested;
}

export async function removeHere(id: string): Promise<ActionResult<void>> {
  const removed = await act("alert-channels.write", ({ actor, now }) =>
    removeChannel(parsed(z.uuid(), id), actor, now),
  );
  revalidateAfter(removed, PAGE);
  return removed;
}
