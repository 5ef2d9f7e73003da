import { uuidv7 } from "uuidv7";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import type { AlertData, AlertKind } from "@/domain/alerts/alert";
import type { MailChoice } from "@/domain/alerts/mail-choice";
import { type ReceivedMail, startMailServer } from "@/scripts/mail-server";
import { chooseDateStyle } from "@/server/identity/date-preferences";
import { parseEnv } from "@/server/store/env";
import { store } from "@/server/store/store";
import { makeLicense, NOW, seats } from "@/server/testing/test-licenses";
import { makePerson } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { alertAudience } from "./audience";
import { evaluateAlerts } from "./evaluation";
import { chooseMail } from "./mail-preferences";
import { sendAlerts } from "./sending";
import { findSubscriber, unsubscribe, unsubscribeToken } from "./unsubscribing";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();
afterAll(() => vi.unstubAllEnvs());

const ORIGIN = "https://signet.example";
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

/** A mail server, the settings with it, and a license that is full after `fill`. */
async function setUp({ smtp = {}, count = 10 } = {}) {
  const { received, url: SMTP_URL, stop } = await startMailServer(smtp);
  onTestFinished(stop);
  vi.stubEnv("SMTP_URL", SMTP_URL);
  const settings = { ...parseEnv({ SMTP_URL, PUBLIC_URL: ORIGIN, DATA_DIR: "x" }) };
  const { number, customer } = await makeLicense({ allotments: [seats("analyzer", count)] });
  await evaluateAlerts(NOW);
  const fill = async (live: number, now = NOW) => {
    await store().db.allotment.updateMany({ where: { licenseNumber: number }, data: { live } });
    await evaluateWith(SMTP_URL, now);
  };
  return { received, settings, fill, number, customer };
}

/** The settings of the process were read before the test had its mail server. */
async function evaluateWith(SMTP_URL: string, now: Date) {
  globalThis.signetState?.delete("env");
  vi.stubEnv("SMTP_URL", SMTP_URL);
  await evaluateAlerts(now);
}

async function listener(mail: MailChoice, customers?: string[]) {
  const person = await makePerson(customers ? "license-admin" : "owner", { customers });
  await chooseMail(person.id, mail, NOW);
  return person;
}

/** An alert that waits to be mailed to people. */
async function fire(scope: string, kind: AlertKind, data: AlertData, people: string[]) {
  const id = uuidv7();
  const unique = { series: kind, rule: "", once: "", term: "" };
  const shown = { rank: 1, state: "fired", isAnnounced: true, firedAt: NOW };
  await store().db.alert.create({ data: { id, scope, kind, data, ...unique, ...shown } });
  const delivery = { scope, alert: id, medium: "mail", dueAt: NOW };
  await store().db.alertDelivery.createMany({
    data: people.map((recipient) => ({ id: uuidv7(), recipient, ...delivery })),
  });
}

const sentTo = (received: ReceivedMail[], email: string) => received.filter(({ to }) => to.includes(email));

test("an alert is mailed at once, with a link to its page, and with one-click unsubscribe", async () => {
  const { received, settings, fill, number, customer } = await setUp();
  const { email } = await listener("immediate");
  await fill(10);
  await sendAlerts(NOW, settings);
  await sendAlerts(NOW, settings);
  const [mail, ...more] = sentTo(received, email);
  expect(more).toEqual([]);
  expect(mail?.mail.subject).toBe(
    `No seats left: ${customer.name}, ${number.replace(/(\d{4})(?=\d)/g, "$1 ")}`,
  );
  expect(mail?.mail.text).toContain("analyzer: 10 of 10 seats taken");
  expect(mail?.mail.html).toContain(`<a href="${ORIGIN}/licenses/${number}/assignments?allotment=analyzer">`);
  expect(mail?.header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(mail?.header("list-unsubscribe")).toMatch(
    /^<https:\/\/signet\.example\/unsubscribe\/[\w.-]+\/now>$/,
  );
  expect(mail?.header("auto-submitted")).toBe("auto-generated");
});

test("a mail has the days of the recipient's zone, in the recipient's form", async () => {
  const { received, settings, number } = await setUp();
  const { id, email } = await listener("immediate");
  const other = await listener("immediate");
  await chooseDateStyle(id, { zone: "Pacific/Auckland", dateForm: "dd.MM.yyyy", clock: "24h" }, NOW);
  await fire(number, "expiring", { ends: "2026-12-01T00:00:00.000Z" }, [id, other.id]);
  await fire(number, "deployment.silent", { name: "Warsaw", lastSeen: "2026-08-20T20:00:00Z" }, [
    id,
    other.id,
  ]);
  await sendAlerts(NOW, settings);
  const text = (to: string) => sentTo(received, to)[0]?.mail.text;
  expect(text(email)).toContain("The license ends on 30.11.2026.");
  expect(text(email)).toContain("Warsaw last called on 21.08.2026.");
  expect(text(other.email)).toContain("The license ends on 30 Nov 2026.");
  expect(text(other.email)).toContain("Warsaw last called on 20 Aug 2026.");
});

test("digests come on their day with everything that fired since", async () => {
  const { received, settings, fill } = await setUp();
  const [daily, weekly, off] = [await listener("daily"), await listener("weekly"), await listener("off")];
  await fill(8);
  await fill(10, after(60));
  const mailsAt = async (time: string) => {
    await sendAlerts(new Date(time), settings);
    return [daily, weekly, off].map(({ email }) => sentTo(received, email).length);
  };
  expect(await mailsAt("2026-08-25T06:59:00Z")).toEqual([0, 0, 0]);
  expect(await mailsAt("2026-08-25T07:00:00Z")).toEqual([1, 0, 0]);
  expect(await mailsAt("2026-08-31T07:00:00Z")).toEqual([1, 1, 0]);
  const [digest] = sentTo(received, daily.email);
  expect(digest?.mail.subject).toBe("2 license alerts (daily digest)");
  expect(digest?.mail.text).toMatch(/Seats nearly full[\s\S]+No seats left/);
});

test("a release of seats that was announced is mailed the next day at the latest", async () => {
  const { received, settings, number } = await setUp();
  const weekly = await listener("weekly");
  const run = { id: crypto.randomUUID(), license: number, allotment: "analyzer", slot: NOW, seats: 2 };
  const times = { announcedAt: NOW, releaseAt: new Date("2026-08-27T10:00:00Z") };
  await store().db.reclaimRun.create({ data: { ...run, ...times, state: "announced" } });
  await evaluateWith(String(settings.SMTP_URL), NOW);
  await sendAlerts(new Date("2026-08-25T07:00:00Z"), settings);
  const [mail] = sentTo(received, weekly.email);
  expect(mail?.mail.text).toContain("analyzer: 2 unused seats will be released on 27 Aug 2026");
  expect(mail?.mail.text).toContain(`/licenses/${number}/assignments/reclaim`);
});

test("people are told only of customers that they can see", async () => {
  const { received, settings, fill, customer } = await setUp();
  const other = await makeLicense();
  const [own, foreign] = [
    await listener("immediate", [customer.id]),
    await listener("immediate", [other.customer.id]),
  ];
  await fill(10);
  await sendAlerts(NOW, settings);
  expect([sentTo(received, own.email).length, sentTo(received, foreign.email).length]).toEqual([1, 0]);
});

test("whoever may no longer see an alert, or was removed, gets no digest of it", async () => {
  const { received, settings, fill, customer } = await setUp();
  const person = await listener("daily", [customer.id]);
  await fill(10);
  await store().db.customerUser.deleteMany({ where: { userId: person.id } });
  await sendAlerts(new Date("2026-08-25T07:00:00Z"), settings);
  expect(sentTo(received, person.email)).toEqual([]);
});

test("a mail that can't be sent is tried again as the same mail, and is sent once", async () => {
  let isDown = true;
  const smtp = {
    onRcptTo: (_address: unknown, _session: unknown, done: (error?: Error) => void) =>
      isDown ? done(new Error("full")) : done(),
  };
  const { received, settings, fill } = await setUp({ smtp });
  const { id, email } = await listener("immediate");
  await fill(10);
  await sendAlerts(NOW, settings);
  const [waiting] = await store().db.alertDelivery.findMany({ where: { recipient: id } });
  expect(waiting).toMatchObject({ endedAt: null, attempts: 1, dueAt: after(1) });
  isDown = false;
  await sendAlerts(after(0.5), settings);
  expect(sentTo(received, email)).toEqual([]);
  await sendAlerts(after(1), settings);
  await sendAlerts(after(10), settings);
  expect(sentTo(received, email).map(({ mail }) => mail.messageId)).toEqual([
    `<alerts.${waiting?.batch}@signet.example>`,
  ]);
});

test("servers that send at the same time send each mail once", async () => {
  const { received, settings, fill } = await setUp();
  const people = await Promise.all(Array.from({ length: 5 }, () => listener("immediate")));
  await fill(10);
  await Promise.all(Array.from({ length: 4 }, () => sendAlerts(NOW, settings)));
  for (const { email } of people) expect(sentTo(received, email)).toHaveLength(1);
});

test("a mail server that is slow makes nobody send twice", async () => {
  let isSlow = true;
  const smtp = {
    onRcptTo: (_address: unknown, _session: unknown, done: () => void) => {
      // Another server looks three minutes later, while the first one still waits for its first mail.
      const others = isSlow ? sendAlerts(after(3), settings) : Promise.resolve();
      isSlow = false;
      void others.then(done);
    },
  };
  const { received, settings, fill } = await setUp({ smtp });
  const people = await Promise.all(Array.from({ length: 3 }, () => listener("immediate")));
  await fill(10);
  await sendAlerts(NOW, settings);
  for (const { email } of people.slice(1)) expect(sentTo(received, email)).toHaveLength(1);
});

test("a claim of a server that died is taken over, with the same Message-ID", async () => {
  const { received, settings, fill } = await setUp();
  const { id, email } = await listener("immediate");
  await fill(10);
  const batch = crypto.randomUUID();
  await store().db.alertDelivery.updateMany({
    where: { recipient: id },
    data: { batch, claimedUntil: after(2), attempts: 1 },
  });
  await sendAlerts(after(1), settings);
  expect(sentTo(received, email)).toEqual([]);
  await sendAlerts(after(2), settings);
  expect(sentTo(received, email).map(({ mail }) => mail.messageId)).toEqual([
    `<alerts.${batch}@signet.example>`,
  ]);
});

test("the link of a mail ends the mails of that person alone, also what waits", async () => {
  const { received, settings, fill } = await setUp();
  const [one, other] = [await listener("daily"), await listener("daily")];
  await fill(10);
  const token = unsubscribeToken(one.id);
  expect(await findSubscriber(token)).toEqual({ id: one.id, email: one.email, isSubscribed: true });
  expect(await unsubscribe(token, NOW)).toBe(true);
  expect(await unsubscribe(token, NOW)).toBe(true);
  await sendAlerts(new Date("2026-08-25T07:00:00Z"), settings);
  expect([sentTo(received, one.email).length, sentTo(received, other.email).length]).toEqual([0, 1]);
});

test.each([
  ["nothing", () => ""],
  [
    "another person's seal",
    (token: string, foreign: string) => `${token.split(".")[0]}.${foreign.split(".")[1]}`,
  ],
  ["one letter less", (token: string) => token.slice(0, -1)],
])("a token with %s ends no mails", async (_, made) => {
  const [one, other] = [await listener("daily"), await listener("daily")];
  const token = made(unsubscribeToken(one.id), unsubscribeToken(other.id));
  expect(await unsubscribe(token, NOW)).toBe(false);
  const { people } = await alertAudience({ SMTP_URL: "smtp://127.0.0.1" });
  expect(people.map(({ id }) => id)).toContain(one.id);
});

test("without a mail server nothing waits to be mailed", async () => {
  await listener("immediate");
  expect((await alertAudience({ SMTP_URL: undefined })).people).toEqual([]);
});
