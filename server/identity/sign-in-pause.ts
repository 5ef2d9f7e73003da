import { createHash } from "node:crypto";
import { APIError, createAuthMiddleware, getIP } from "better-auth/api";
import { log } from "@/server/store/log";
import { store, type Tx } from "@/server/store/store";
import { addressOf } from "./client-address";

/** How many attempts may fail before a pause, and how long they count. */
const TRIES = { fromOneAddress: 10, fromAnywhere: 100 };
const PAUSE_MS = 300_000;
const SIGN_IN = "/sign-in/email";

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];
type Counter = { key: string; most: number };

/**
 * Counts each attempt before it is made, and refuses it with 429 while its account is paused, whether there is such
 * an account or not.
 */
export const countTry = createAuthMiddleware(async (context) => {
  if (context.path !== SIGN_IN) return;
  const now = new Date();
  const isPaused = await Promise.all(countersOf(context).map((counter) => isUsedUp(counter, now)));
  if (!isPaused.includes(true)) return;
  log().warn(
    { by: "password", result: "paused", address: context.headers && addressOf(context.headers) },
    "sign-in",
  );
  throw new APIError("TOO_MANY_REQUESTS", { message: "Sign-in is paused.", code: "SIGN_IN_PAUSED" });
});

/** A successful sign-in clears the failed ones before it. */
export const forgetTries = createAuthMiddleware(async (context) => {
  if (context.path !== SIGN_IN || !context.context.newSession) return;
  const keys = countersOf(context).map(({ key }) => key);
  await store().db.rateLimit.deleteMany({ where: { key: { in: keys } } });
});

/** Counts an attempt that isn't a sign-in, under a key of its own, and returns whether there were too many. */
export function isPaused(key: string, now: Date): Promise<boolean> {
  return isUsedUp({ key: `tries|${key}`, most: TRIES.fromOneAddress }, now);
}

/** A successful attempt clears those before it. */
export async function forgetTriesOf(key: string): Promise<void> {
  await store().db.rateLimit.deleteMany({ where: { key: `tries|${key}` } });
}

/** Whether a code of an authenticator is used for the first time; it counts for longer than the code is valid. */
export async function isFirstUse(db: Tx, userId: string, code: string, now: Date): Promise<boolean> {
  return !(await isUsedUp({ key: `code|${userId}|${code}`, most: 1 }, now, db));
}

/** Addresses of IPv6 count by their network: whoever has one of its addresses has them all. */
function countersOf({ body, headers, context }: Context): Counter[] {
  // Whatever was typed, in a form that is short, can be stored and names nobody.
  const account = createHash("sha256")
    .update(String(body?.email ?? "").toLowerCase())
    .digest("hex");
  const address = headers ? getIP(headers, context.options) : null;
  return [
    { key: `sign-in-tries|${account}|${address}`, most: TRIES.fromOneAddress },
    { key: `sign-in-tries|${account}`, most: TRIES.fromAnywhere },
  ];
}

/** One statement, so that simultaneous attempts all count. Attempts during a pause don't extend it. */
async function isUsedUp({ key, most }: Counter, now: Date, db: Tx = store().db): Promise<boolean> {
  const at = now.getTime();
  const [row] = await db.$queryRaw<{ count: number }[]>`
    INSERT INTO rate_limit AS r (id, key, count, last_request) VALUES (${crypto.randomUUID()}, ${key}, 1, ${at})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN r.last_request > ${at - PAUSE_MS} THEN r.count + 1 ELSE 1 END,
      last_request = CASE WHEN r.last_request > ${at - PAUSE_MS} AND r.count >= ${most} THEN r.last_request
        ELSE ${at} END
    RETURNING count`;
  return row !== undefined && row.count > most;
}
