import { headers } from "next/headers";
import { Refusal } from "@/domain/refusal";
import type { Action } from "@/domain/roles";
import type { Actor } from "@/server/audit";
import { actorOf, allow, allowOnLicense, type Principal } from "@/server/gate";
import { addressOf, principal } from "@/server/session";
import { isStoreAway } from "@/server/store";

/** What a server action has in hand once it is through the gate. */
export type Acting = { who: Principal; actor: Actor; now: Date };

/** What was refused: its code, a sentence that says what to do, and the field that is meant, as a JSON Pointer. */
export type Refused = { code: string; sentence: string; pointer?: string };
export type Answer<T = undefined> = { ok: true; did: T } | { ok: false; refused: Refused };

const AWAY: Refused = {
  code: "STORE_UNAVAILABLE",
  sentence: "Nothing was saved: the license store does not answer at the moment. Try again in a few seconds.",
};

/** Does something to one license: gate, one call, and an answer that a form or a row can show. */
export function actOnLicense<T>(
  number: string,
  action: Action,
  work: (acting: Acting) => Promise<T>,
): Promise<Answer<T>> {
  return answer(async (acting) => {
    await allowOnLicense(acting.who, action, number);
    return work(acting);
  });
}

/** Does something that concerns no single license. */
export function act<T>(action: Action, work: (acting: Acting) => Promise<T>): Promise<Answer<T>> {
  return answer(async (acting) => {
    allow(acting.who, action);
    return work(acting);
  });
}

/** Does something to the account of who is signed in, whatever its role. */
export function actOnSelf<T>(work: (acting: Acting) => Promise<T>): Promise<Answer<T>> {
  return answer(work);
}

async function answer<T>(work: (acting: Acting) => Promise<T>): Promise<Answer<T>> {
  const who = await principal();
  try {
    const actor = actorOf(who, { address: addressOf(await headers()) });
    return { ok: true, did: await work({ who, actor, now: new Date() }) };
  } catch (error) {
    if (isStoreAway(error)) return { ok: false, refused: AWAY };
    if (!(error instanceof Refusal)) throw error;
    const { code, detail, faults } = error;
    return { ok: false, refused: { code, sentence: detail, pointer: faults[0]?.pointer } };
  }
}
