import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { DateStyle } from "@/domain/dates/date-style";
import { Refusal } from "@/domain/refusals/refusal";
import { type Action, isRole, type Role } from "@/domain/roles";
import { allow, allowOnLicense, type Principal } from "@/server/access/gate";
import { authForReading } from "./auth";
import { readStored } from "./date-preferences";
import { noteSeen } from "./own-sessions";
import { customersOf } from "./people";
import { lacksFactor } from "./required-factor";
import { seenPerson } from "./seeing-as";

/** The request header in which proxy.ts passes the path and search of the page. */
const PATH_HEADER = "x-signet-path";

/**
 * The principal who is signed in; otherwise redirects to the sign-in page, or to that of the second factor which the
 * role needs first. Both lead back here.
 */
export async function principal(): Promise<Principal> {
  const found = await findPrincipal();
  if (found) return found;
  const path = (await headers()).get(PATH_HEADER) ?? "/";
  const page = (await isWithoutFactor()) ? "/second-factor" : "/sign-in";
  redirect(path === "/" ? page : `${page}?next=${encodeURIComponent(path)}`);
}

/**
 * Cookies are read first: a build stops here, before the store. They include cookies that an action has just set,
 * such as the new session after a first code of a second factor; the request's headers don't.
 */
const readSession = cache(async () => {
  const cookie = (await cookies()).toString();
  const found = await authForReading().api.getSession({ headers: new Headers({ cookie }) });
  if (found) await noteSeen(found.session, new Date());
  return found;
});

/** How many milliseconds the session of this request still lasts; null without one. */
export async function remainingSession(now: Date): Promise<number | null> {
  const found = await readSession();
  return found && found.session.expiresAt.getTime() - now.getTime();
}

/**
 * The principal who is signed in, or as whom the console is seen; null also for a person whose role needs a second
 * factor and who has none yet. Read once per request.
 */
export const findPrincipal = cache(
  async (): Promise<Principal | null> => ((await isWithoutFactor()) ? null : findSignedIn()),
);

/** Whether the person of this session must set up a second factor before anything else. */
export const isWithoutFactor = cache(async (): Promise<boolean> => {
  const found = await readSession();
  return found !== null && !found.user.banned && lacksFactor(found.user);
});

/** As `findPrincipal`, but also without the second factor that the role needs: only for setting it up. */
export const findSignedIn = cache(async (): Promise<Principal | null> => {
  const found = await readSession();
  if (!found || found.user.banned || !isRole(found.user.role)) return null;
  const { id, name, role } = found.user;
  const seen = await seenPerson(found.session, role, new Date());
  if (!seen) return principalOf({ id, name, role });
  return { ...(await principalOf(seen)), seenBy: { id, until: seen.until } };
});

async function principalOf({ id, name, role }: { id: string; name: string; role: Role }): Promise<Principal> {
  const customers = role === "license-admin" ? await customersOf(id) : null;
  return { kind: "user", id, name, role, customers, license: null };
}

/**
 * How dates and times are shown to the person who is signed in; null without one. An owner who sees the console as
 * somebody else keeps their own style. `unknownZone` is a stored zone that this program doesn't know; times are then in
 * UTC.
 */
export const ownDateStyle = cache(
  async (): Promise<{ style: DateStyle; unknownZone: string | null } | null> => {
    const found = await readSession();
    return found && readStored(found.user);
  },
);

/** The session of this request, and its person; null without one. */
export async function ownSession(): Promise<{ id: string; userId: string } | null> {
  const found = await readSession();
  return found && { id: found.session.id, userId: found.user.id };
}

/**
 * The account of the person who is signed in, and the session. Nobody else can see it. It is there before a second
 * factor that the role needs, since it is needed to set that up.
 */
export async function ownAccount() {
  const { id, seenBy } = (await findSignedIn()) ?? (await principal());
  if (seenBy) notFound();
  const found = await readSession();
  if (!found) throw new Error("A principal of a page has a session.");
  const { email, twoFactorEnabled } = found.user;
  return { id, email, hasSecondFactor: twoFactorEnabled === true, session: { id: found.session.id } };
}

/** The gate of a page that concerns no single license. Pages only show data, so seeing as others works too. */
export async function allowedTo(action: Action): Promise<Principal> {
  const who = await principal();
  await seen(() => allow({ ...who, seenBy: undefined }, action));
  return who;
}

/** The gate of a page of one license, checked once per request and action. */
export const allowedOn = cache(async (number: string, action: Action): Promise<Principal> => {
  const who = await principal();
  await seen(() => allowOnLicense({ ...who, seenBy: undefined }, action, number));
  return who;
});

/** Runs code that may throw because something doesn't exist for the reader: the page is then the 404 page. */
export async function seen<T>(look: () => T | Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Refusal && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}
