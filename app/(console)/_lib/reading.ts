import { Refusal } from "@/domain/refusals/refusal";
import type { Action } from "@/domain/roles";
import { allow, allowOnLicense, type Principal } from "@/server/access/gate";
import { findPrincipal, seen } from "@/server/identity/session";
import { isStoreAway } from "@/server/store/store-away";
import { storeUnavailable } from "./store-unavailable";

/** The principal and the time that a reading route gets after the gate. */
export type Reading = { who: Principal; now: Date };
type Read = (reading: Reading) => Promise<Response>;

/** Handles a fetch or a download for one license: gate, one read, a response that no cache keeps. */
export function readOnLicense(number: string, action: Action, read: Read): Promise<Response> {
  return result((who) => allowOnLicense(who, action, number), read);
}

/** Like `readOnLicense`, for reads that concern no single license; the read itself stays within the person's scope. */
export function readInScope(action: Action, read: Read): Promise<Response> {
  return result((who) => allow(who, action), read);
}

async function result(gate: (who: Principal) => Promise<void> | void, read: Read): Promise<Response> {
  try {
    const who = await findPrincipal();
    if (!who) return new Response("You were signed out. Sign in again.", { status: 401 });
    const response = await seen(async () => {
      await gate(who);
      return read({ who, now: new Date() });
    });
    response.headers.set("Cache-Control", "no-store");
    return response;
  } catch (error) {
    if (isStoreAway(error)) return storeUnavailable();
    if (error instanceof Refusal) return new Response(error.detail, { status: 403 });
    throw error;
  }
}
