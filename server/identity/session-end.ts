import "server-only";
import { cookies, headers } from "next/headers";
import { auth, authForReading, SESSION_SECONDS } from "./auth";
import { prolongSession } from "./own-sessions";

/** Extends the session to the length of a new one, in the store and in the browser; null if it has ended. */
export async function stay(now: Date): Promise<number | null> {
  const found = await authForReading().api.getSession({ headers: await headers() });
  if (!found || !(await prolongSession(found.session.id, now, SESSION_SECONDS))) return null;
  const { name, attributes } = (await auth().$context).authCookies.sessionToken;
  const jar = await cookies();
  const value = jar.get(name)?.value ?? "";
  const { path, httpOnly, secure } = attributes;
  jar.set(name, value, { path, httpOnly, secure, sameSite: "lax", maxAge: SESSION_SECONDS });
  return SESSION_SECONDS * 1000;
}
