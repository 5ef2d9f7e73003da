import { uuidv7 } from "uuidv7";
import type { AlertData, AlertKind } from "@/domain/alerts/alert";
import { defaultMailChoice, isMailChoice, type MailChoice, mailDue } from "@/domain/alerts/mail-choice";
import type { DateStyle } from "@/domain/dates/date-style";
import { isRole, type Role, rightOf } from "@/domain/roles";
import { readStored } from "@/server/identity/date-preferences";
import { type Env, env } from "@/server/store/env";
import { store } from "@/server/store/store";

/** A person who can get alerts by mail, limited to these customers; null means all. */
export type Listener = {
  id: string;
  email: string;
  name: string;
  role: Role;
  choice: MailChoice;
  customers: string[] | null;
  dates: DateStyle;
};

/** The people and channels that get alerts; a channel may be limited to one customer. */
export type Audience = {
  people: readonly Listener[];
  channels: readonly { id: string; customerId: string | null }[];
};

/** A new alert. */
export type FiredAlert = {
  id: string;
  scope: string;
  customerId: string | null;
  kind: AlertKind;
  data: AlertData;
  isAnnounced: boolean;
};

export type Delivery = {
  id: string;
  scope: string;
  alert: string;
  medium: "mail" | "channel";
  recipient: string;
  due: Date;
};

/** Everybody who may be notified now. Without a mail server nobody is mailed, also not later. */
export async function alertAudience({ SMTP_URL }: Pick<Env, "SMTP_URL"> = env()): Promise<Audience> {
  const [people, channels] = await Promise.all([
    SMTP_URL ? listeners() : [],
    store().db.alertChannel.findMany({ select: { id: true, customerId: true } }),
  ]);
  return { people: people.filter(({ choice }) => choice !== "off"), channels };
}

/** Everybody who can sign in and see alerts, with their choice; or those of some ids. */
export async function listeners(ids?: readonly string[]): Promise<Listener[]> {
  const rows = await store().db.user.findMany({
    where: { removedAt: null, NOT: { banned: true }, ...(ids ? { id: { in: [...ids] } } : {}) },
    select: {
      ...{ id: true, email: true, name: true, role: true },
      ...{ timeZone: true, dateForm: true, clock: true },
      mailPreference: { select: { mail: true } },
      customers: { select: { customerId: true } },
    },
    orderBy: { id: "asc" },
  });
  return rows.flatMap(({ role, mailPreference, customers, timeZone, dateForm, clock, ...person }) => {
    if (!isRole(role) || rightOf(role, "alerts.read") !== "yes") return [];
    const chosen = mailPreference?.mail;
    const choice = isMailChoice(chosen) ? chosen : defaultMailChoice(role);
    const scope = role === "license-admin" ? customers.map(({ customerId }) => customerId) : null;
    const dates = readStored({ timeZone, dateForm, clock }).style;
    return [{ ...person, role, choice, customers: scope, dates }];
  });
}

/** Whether somebody who is limited to some customers gets an alert. */
export function isConcerned(customers: readonly string[] | null, customerId: string | null): boolean {
  return customers === null || (customerId !== null && customers.includes(customerId));
}

/** The deliveries of a new alert. */
export function deliveriesOf(alert: FiredAlert, { people, channels }: Audience, now: Date): Delivery[] {
  if (!alert.isAnnounced) return [];
  const { scope, customerId } = alert;
  const row = { scope, alert: alert.id };
  const isUrgent = alert.kind === "reclaim.announced"; // The weekly mail could come after the release.
  const mails = people
    .filter(({ customers }) => isConcerned(customers, customerId))
    .flatMap(({ id: recipient, choice }) => {
      const due = mailDue(isUrgent && choice === "weekly" ? "daily" : choice, now);
      return due ? [{ ...row, id: uuidv7(), medium: "mail" as const, recipient, due }] : [];
    });
  const posts = channels
    .filter((channel) => channel.customerId === null || channel.customerId === customerId)
    .map(({ id: recipient }) => ({ ...row, id: uuidv7(), medium: "channel" as const, recipient, due: now }));
  return [...mails, ...posts];
}
