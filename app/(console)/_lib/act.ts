import { headers } from "next/headers";
import { z } from "zod";
import { fieldErrorsIn } from "@/contract/field-errors";
import { fieldErrorsSentence, sentenceBesideField } from "@/domain/refusals/field-sentences";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { STORE_SENTENCES } from "@/domain/refusals/store-refusals";
import type { Action } from "@/domain/roles";
import type { Actor } from "@/server/access/actor";
import {
  actorOf,
  allow,
  allowOnCustomer,
  allowOnLicense,
  allowOwn,
  type Principal,
} from "@/server/access/gate";
import { licenseOfCheckout } from "@/server/checkouts/checkouts";
import { addressOf } from "@/server/identity/client-address";
import { findPrincipal, findSignedIn, isWithoutFactor } from "@/server/identity/session";
import { licenseOfKey } from "@/server/keys/license-keys";
import { forgetReadings } from "@/server/overview/shared-readings";
import { noteFailure, noteRefusal } from "@/server/store/failures";
import { isInDoubt, withEffects } from "@/server/store/statement-result";
import { isStoreAway } from "@/server/store/store-away";
import type { ActionRefusal, ActionResult } from "./action-result";
import { isNumber } from "./form-fields";

/** The principal, the actor and the time that a server action gets after the gate. */
export type Acting = { who: Principal; actor: Actor; now: Date };

const AWAY: ActionRefusal = {
  code: "STORE_UNAVAILABLE",
  sentence: "Nothing was saved: the license store isn't responding. Try again in a few seconds.",
};

const IN_DOUBT: ActionRefusal = {
  code: "OUTCOME_UNKNOWN",
  sentence: `${STORE_SENTENCES.OUTCOME_UNKNOWN} Reload the page and check before you try again.`,
};

const SIGNED_OUT: ActionRefusal = {
  code: "SIGNED_OUT",
  sentence:
    "Nothing was saved: you were signed out. Sign in in a new window, then try again here. What you typed is kept.",
};

const WITHOUT_FACTOR: ActionRefusal = {
  code: "SIGNED_OUT",
  sentence:
    "Nothing was saved: your role now needs a second factor. Reload Signet in a new window and set it up, then try again here. What you typed is kept.",
};

/** Runs an action on one license behind the gate, and returns a result that a form or a row can show. */
export function actOnLicense<T>(
  number: string,
  action: Action,
  work: (acting: Acting) => Promise<T>,
): Promise<ActionResult<T>> {
  return result(async (acting) => {
    if (!isNumber(number)) throw nothingHere();
    await allowOnLicense(acting.who, action, number);
    return work(acting);
  });
}

/** Runs an action that concerns no single license. */
export function act<T>(action: Action, work: (acting: Acting) => Promise<T>): Promise<ActionResult<T>> {
  return result(async (acting) => {
    allow(acting.who, action);
    return work(acting);
  });
}

/** Runs an action on one customer. */
export function actOnCustomer<T>(
  id: string,
  action: Action,
  work: (acting: Acting) => Promise<T>,
): Promise<ActionResult<T>> {
  return result(async (acting) => {
    await allowOnCustomer(acting.who, action, parsed(z.uuid(), id));
    return work(acting);
  });
}

/** Runs an action on the person's own account, whatever the role. */
export function actOnSelf<T>(work: (acting: Acting) => Promise<T>): Promise<ActionResult<T>> {
  return result(async (acting) => {
    allowOwn(acting.who);
    return work(acting);
  });
}

/** Runs a step of setting up the person's second factor, which those without one that they need can do as well. */
export function actToEnrol<T>(work: (acting: Acting) => Promise<T>): Promise<ActionResult<T>> {
  return result(async (acting) => {
    allowOwn(acting.who);
    return work(acting);
  }, findSignedIn);
}

/** Runs an action on a license key; the gate checks the license that the key belongs to. */
export function actOnKey<T>(
  jti: string,
  action: Action,
  work: (acting: Acting, number: string) => Promise<T>,
): Promise<ActionResult<T>> {
  return result(async (acting) => {
    const number = await licenseOfKey(parsed(z.uuid(), jti));
    await allowOnLicense(acting.who, action, number);
    return work(acting, number);
  });
}

/** Runs an action on a checkout; the gate checks its license. */
export function actOnCheckout<T>(
  id: string,
  action: Action,
  work: (acting: Acting, id: string) => Promise<T>,
): Promise<ActionResult<T>> {
  return result(async (acting) => {
    const checkout = parsed(z.uuid(), id);
    await allowOnLicense(acting.who, action, await licenseOfCheckout(checkout));
    return work(acting, checkout);
  });
}

/** Parses what the browser sent; throws a refusal that names the first wrong field. */
export function parsed<T>(form: z.ZodType<T>, sent: unknown): T {
  const result = form.safeParse(sent);
  if (result.success) return result.data;
  const faults = fieldErrorsIn(result.error);
  throw new Refusal("INVALID_BODY", fieldErrorsSentence(faults), { faults });
}

async function result<T>(
  work: (acting: Acting) => Promise<T>,
  find: () => Promise<Principal | null> = findPrincipal,
): Promise<ActionResult<T>> {
  const sent = await headers();
  const requestId = sent.get("x-request-id") ?? undefined;
  try {
    const who = await find();
    if (!who)
      return {
        ok: false,
        refused: { ...((await isWithoutFactor()) ? WITHOUT_FACTOR : SIGNED_OUT), requestId },
      };
    const actor = actorOf(who, { address: addressOf(sent), requestId });
    return await withEffects(() => finish(requestId, () => work({ who, actor, now: new Date() }))).finally(
      forgetReadings,
    );
  } catch (error) {
    return refusal(error, requestId, AWAY);
  }
}

/** Runs the work where its effects are tracked, so that a failure can say whether something may have been saved. */
async function finish<T>(requestId: string | undefined, work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, did: await work() };
  } catch (error) {
    return refusal(error, requestId, isInDoubt(error) ? IN_DOUBT : AWAY);
  }
}

function refusal(error: unknown, requestId: string | undefined, away: ActionRefusal): ActionResult<never> {
  if (isStoreAway(error)) {
    noteFailure(error, { requestId });
    return { ok: false, refused: { ...away, requestId } };
  }
  if (!(error instanceof Refusal)) throw error;
  const { code, detail, faults } = error;
  noteRefusal(code, requestId);
  const places = faults.map((each) => ({ pointer: each.pointer ?? "", sentence: sentenceBesideField(each) }));
  const pointer = faults[0]?.pointer;
  return { ok: false, refused: { code, sentence: detail, requestId, pointer, faults: places } };
}
