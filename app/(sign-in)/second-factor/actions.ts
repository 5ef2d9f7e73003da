"use server";

import { z } from "zod";
import { actToEnrol, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, text } from "@/app/(console)/_lib/form-fields";
import { beginSecondFactor, finishSecondFactor } from "@/server/identity/second-factor";

/**
 * The progress of enrolling: the password, a first code, then the recovery codes, which only this response contains.
 */
export type Enrolling =
  | { at: "password"; sentence?: string }
  | { at: "code"; address: string; secret: string; sentence?: string }
  | { at: "codes"; codes: string[]; sentence?: undefined };

const reached: z.ZodType<Enrolling> = z.discriminatedUnion("at", [
  z.object({ at: z.literal("password") }),
  z.object({ at: z.literal("code"), address: text(2000), secret: text(200) }),
  z.object({ at: z.literal("codes"), codes: z.array(text(100)).max(100) }),
]);

/** One action for both steps, so that it works without JavaScript: the form carries the progress. */
export async function enrol(sent: Enrolling, form: FormData): Promise<Enrolling> {
  const before = reached.catch({ at: "password" }).parse(sent);
  const { code, password } = fieldsOf(form);
  if (before.at === "codes") return before;
  if (before.at === "code") {
    const finished = await finish(code);
    if (finished.ok) return { at: "codes", codes: finished.did };
    return { ...before, sentence: finished.refused.sentence };
  }
  const begun = await begin(password);
  return begun.ok ? { at: "code", ...begun.did } : { at: "password", sentence: begun.refused.sentence };
}

function begin(password: unknown): Promise<ActionResult<{ address: string; secret: string }>> {
  return actToEnrol(({ who }) => beginSecondFactor(who.id, parsed(text(1000), password)));
}

function finish(code: unknown): Promise<ActionResult<string[]>> {
  return actToEnrol(({ who, actor, now }) => finishSecondFactor(who.id, parsed(text(100), code), actor, now));
}
