import { APIError, createAuthMiddleware, getIP } from "better-auth/api";
import { store } from "./store";

/** Failed tries that are taken before a pause, and how long they count. */
const TRIES = { fromOneAddress: 10, fromAnywhere: 100 };
const PAUSE_MS = 300_000;
const SIGN_IN = "/sign-in/email";

type Counter = { key: string; most: number };

/** Refuses a sign-in with 429 while its account is paused, whether or not there is such an account. */
export const pauseSignIn = createAuthMiddleware(async (context) => {
  if (context.path !== SIGN_IN) return;
  if (await isPaused(countersOf(context), new Date()))
    throw new APIError("TOO_MANY_REQUESTS", { message: "Sign-in is paused.", code: "SIGN_IN_PAUSED" });
});

/** Counts a failed sign-in, and forgets the failed ones before one that succeeds. */
export const countSignIn = createAuthMiddleware(async (context) => {
  if (context.path !== SIGN_IN) return;
  const { returned } = context.context;
  const keys = countersOf(context).map(({ key }) => key);
  if (!(returned instanceof APIError))
    await store().db.rateLimit.deleteMany({ where: { key: { in: keys } } });
  else if (returned.status === "UNAUTHORIZED") await Promise.all(keys.map((key) => count(key, new Date())));
});

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

function countersOf({ body, headers, context }: Context): Counter[] {
  const email = String(body?.email ?? "").toLowerCase();
  const address = headers ? getIP(headers, context.options) : null;
  return [
    { key: `failed-sign-in|${email}|${address}`, most: TRIES.fromOneAddress },
    { key: `failed-sign-in|${email}`, most: TRIES.fromAnywhere },
  ];
}

async function isPaused(counters: Counter[], now: Date): Promise<boolean> {
  const rows = await store().db.rateLimit.findMany({
    where: { key: { in: counters.map(({ key }) => key) }, lastRequest: { gt: now.getTime() - PAUSE_MS } },
  });
  return rows.some((row) => counters.some(({ key, most }) => row.key === key && row.count >= most));
}

async function count(key: string, now: Date): Promise<void> {
  const { rateLimit } = store().db;
  const lastRequest = BigInt(now.getTime());
  const going = { key, lastRequest: { gt: lastRequest - BigInt(PAUSE_MS) } };
  const more = await rateLimit.updateMany({ where: going, data: { count: { increment: 1 }, lastRequest } });
  if (more.count > 0) return;
  const first = { count: 1, lastRequest };
  await rateLimit.upsert({
    where: { key },
    create: { id: crypto.randomUUID(), key, ...first },
    update: first,
  });
}
