"use server";

import { z } from "zod";
import { beginSecondFactor, finishSecondFactor } from "@/server/second-factor";
import { type Answer, actOnSelf, parsed } from "../../(console)/act";

/** How far one is: the password, then a first code, then the recovery codes, which are in this answer only. */
export type Enrolling =
  | { at: "password"; sentence?: string }
  | { at: "code"; address: string; secret: string; sentence?: string }
  | { at: "codes"; codes: string[] };

/** One form for both steps, so that it also works without JavaScript: what was reached goes along with it. */
export async function enrol(before: Enrolling, form: FormData): Promise<Enrolling> {
  if (before.at === "codes") return before;
  if (before.at === "code") {
    const finished = await finish(String(form.get("code") ?? ""));
    if (finished.ok) return { at: "codes", codes: finished.did };
    return { ...before, sentence: finished.refused.sentence };
  }
  const begun = await begin(String(form.get("password") ?? ""));
  return begun.ok ? { at: "code", ...begun.did } : { at: "password", sentence: begun.refused.sentence };
}

function begin(password: string): Promise<Answer<{ address: string; secret: string }>> {
  return actOnSelf(({ who }) => beginSecondFactor(who.id, parsed(z.string().max(1000), password)));
}

function finish(code: string): Promise<Answer<string[]>> {
  return actOnSelf(({ who, actor, now }) =>
    finishSecondFactor(who.id, parsed(z.string().max(100), code), actor, now),
  );
}
