"use server";

import type { SeatsUndone } from "@/server/seat-undo";
import { undo } from "@/server/undo";
import { type Answer, actOnLicense, parsed } from "./act";
import { text } from "./sent";

/** Takes back a change of a license that the same person made in the last 15 minutes. */
export async function undoOnLicense(number: string, sealed: string): Promise<Answer<SeatsUndone>> {
  return actOnLicense(number, "licenses.read", ({ who, actor, now }) =>
    undo(parsed(text(4_000_000), sealed), who, { license: number, actor, now }),
  );
}
