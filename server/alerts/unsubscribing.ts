import { timingSafeEqual } from "node:crypto";
import type { AlertLinks } from "@/server/mail/mail-templates";
import { derived, mac } from "@/server/store/secret";
import { store } from "@/server/store/store";
import { listeners } from "./audience";
import { chooseMail } from "./mail-preferences";

const MAC_BYTES = 18;

/** The page that ends the mails with one click, and the address by which a mail program does so (RFC 8058). */
export function unsubscribeLinks(userId: string, origin: string): AlertLinks {
  const token = unsubscribeToken(userId);
  return {
    unsubscribe: `${origin}/unsubscribe/${token}`,
    oneClick: `${origin}/unsubscribe/${token}/now`,
    preferences: `${origin}/account#notifications`,
    all: `${origin}/alerts`,
  };
}

/** A token that only ends the mails of one person, and never expires. It works without a session. */
export function unsubscribeToken(userId: string): string {
  const [secret] = store().secrets;
  if (!secret) throw new Error("There is no secret.");
  return `${Buffer.from(userId).toString("base64url")}.${sealOf(secret, userId)}`;
}

export type Subscriber = { id: string; email: string; isSubscribed: boolean };

/** The person whose token this is, also under the previous secret; null for any other text. */
export async function findSubscriber(token: string): Promise<Subscriber | null> {
  const [part = "", seal = ""] = token.split(".");
  const id = Buffer.from(part, "base64url").toString();
  if (!store().secrets.some((secret) => isSame(sealOf(secret, id), seal))) return null;
  const [person] = await listeners([id]);
  return person ? { id, email: person.email, isSubscribed: person.choice !== "off" } : null;
}

/** Ends the mails of the person whose token this is. Returns whether there is such a person. */
export async function unsubscribe(token: string, now: Date): Promise<boolean> {
  const person = await findSubscriber(token);
  if (person) await chooseMail(person.id, "off", now);
  return person !== null;
}

function sealOf(secret: Buffer, userId: string): string {
  return mac(derived(secret, "unsubscribe"), userId).subarray(0, MAC_BYTES).toString("base64url");
}

function isSame(ours: string, given: string): boolean {
  const [one, other] = [Buffer.from(ours), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
