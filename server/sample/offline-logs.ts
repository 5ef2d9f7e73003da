import { DAY, monthOf } from "@/domain/month";
import { LOG_KINDS, type LogKind, logText, subjectHash } from "@/domain/offline/offline-log";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { type Checkout, listCheckouts } from "@/server/checkouts/checkouts";
import { checkoutLogKey, offlineSalt } from "@/server/checkouts/offline-secrets";
import { renameDeployment } from "@/server/deployments/deployments";
import { uploadLog } from "@/server/offline/offline-logs";
import { VAULT } from "./checkouts";
import { AUTHOR, type Story } from "./story";

const FIRST_UPLOAD = 55;
const LAST_UPLOAD = 9;
const LOGS: Record<LogKind, string> = {
  assignments: "5d2e9f10-7a64-4c3b-8e51-0b9d6c2f4a71",
  consumption: "a81c4b37-20d9-4f6e-b2c8-93e7f05d1b64",
};
/** The hash of a user whom only an older system of the vault knows. */
const OPAQUE = "3f9a41c7d2086be5913fa07c6d54e28b";

/**
 * The logs of the vault are uploaded twice. It has two users of the other deployments, one of whom is known only by a
 * hash, and one for whom auto-assign is off by now.
 */
export function offlineLogs({ timeline, plans }: Story): void {
  const { number } = plans.mixed.license;
  const users: string[] = [];
  timeline.on(FIRST_UPLOAD, async (at) => {
    const { items } = await listAssignments(number, { limit: 2, allotment: "analyzer" }, at);
    users.push(...items.map(({ subject }) => subject));
    await bring(number, users, false, at);
    await renameDeployment(number, VAULT, "Davos, vault", AUTHOR, at);
  });
  timeline.on(LAST_UPLOAD, (at) => bring(number, users, true, at));
}

/** Uploads both logs as of that moment; the later lines are included only with `isLast`. */
async function bring(number: string, users: readonly string[], isLast: boolean, now: Date): Promise<void> {
  const { items: checkouts } = await listCheckouts(number, { limit: 100 }, now);
  const checkout = checkouts.findLast(({ source }) => source === VAULT);
  if (!checkout) throw new Error("The vault has no signed definition.");
  const lines = {
    assignments: await seatLines(number, users, checkout.issued, isLast),
    consumption: minuteLines(checkout.issued, isLast),
  };
  const key = await checkoutLogKey(number, checkout.id);
  for (const kind of LOG_KINDS) {
    const bytes = Buffer.from(logText(key, headerOf(kind, checkout), lines[kind]));
    const uploader = { actor: AUTHOR, jti: null };
    await uploadLog({ license: number, kind, bytes, uploader, now });
  }
}

function headerOf(kind: LogKind, { id, license, issued }: Checkout) {
  const userAgent = "Licenses/1.7.0 (windows) QSEfW";
  const whose = { log: LOGS[kind], license, checkout: id, source: VAULT, userAgent };
  return { kind, ...whose, created: issued.toISOString() };
}

async function seatLines(number: string, users: readonly string[], since: Date, isLast: boolean) {
  const salt = await offlineSalt(number);
  const added = (subject: string, days: number, more: object = {}) => {
    const at = dayAfter(since, days).toISOString();
    return { at, instance: "", version: 0, allotment: "analyzer", subject, created: at, ...more };
  };
  const hashes = users.map((user) => subjectHash(salt, user, "folded"));
  const late = added(subjectHash(salt, "CASTELLAN\\v.trainee", "folded"), 100, { auto: true });
  return [...hashes.map((hash, i) => added(hash, 3 + i)), added(OPAQUE, 9), ...(isLast ? [late] : [])];
}

function minuteLines(since: Date, isLast: boolean) {
  const days = [4, 11, 18, 32, 46, ...(isLast ? [60, 74, 88, 102] : [])];
  return days.map((day, i) => {
    const at = dayAfter(since, day);
    return {
      at: at.toISOString(),
      allotment: "analyzer_time",
      month: monthOf(at),
      minutes: 12 + 6 * (i % 3),
    };
  });
}

function dayAfter(since: Date, days: number): Date {
  return new Date(since.getTime() + days * DAY);
}
