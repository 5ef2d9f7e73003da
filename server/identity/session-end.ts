import "server-only";
import { cookies, headers } from "next/headers";
import { auth, authForReading, SESSION_SECONDS } from "./auth";
import { prolongSession } from "./own-sessions";

/** Extends the session in the store and in the browser. Returns the milliseconds it has left; null if it has ended. */
export async function stay(now: Date): Promise<number | null> {
  const found = await authForReading().api.getSession({ headers: await headers() });
  const ends = found && (await prolongSession(found.session, now, SESSION_SECONDS));
  if (!ends) return null;
  const left = ends.getTime() - now.getTime();
  const { name, attributes } = (await auth().$context).authCookies.sessionToken;
  const jar = await cookies();
  const value = jar.get(name)?.value ?? "";
  const { path, httpOnly, secure } = attributes;
  jar.set(name, value, { path, httpOnly, secure, sameSite: "lax", maxAge: Math.floor(left / 1000) });
  return left;
}
