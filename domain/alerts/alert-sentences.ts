import { formatDate } from "@/domain/dates/date-form";
import type { DateStyle } from "@/domain/dates/date-style";
import { inZone } from "@/domain/dates/zone";
import { EVENT_TYPES } from "@/domain/events/event-types";
import { dayOf } from "@/domain/month";
import type { AlertData, AlertKind } from "./alert";

/** An alert as far as its texts need it. */
type AlertFacts = { kind: AlertKind; data: AlertData };

/** What an alert is about, in a few words. */
export function alertTitle(kind: AlertKind): string {
  return EVENT_TYPES[kind];
}

/** What had happened when an alert fired, in one sentence without a full stop, with days in the style's zone. */
export function alertSentence({ kind, data }: AlertFacts, dates: DateStyle): string {
  const day = (name: string) => dayIn(data, name, dates);
  switch (kind) {
    case "capacity.threshold":
      return `${used(data)}, past ${limitOf(data)}`;
    case "capacity.quota-reached":
      return `${used(data)}${data.overage === 0 ? "" : ": overage is counted"}`;
    case "capacity.cap-reached":
      return `${used(data)}, including overage: products deny access`;
    case "capacity.forecast":
      return `${text(data, "allotment")}: ${number(data, "expected")} minutes expected by the end of the month, of ${number(data, "quota")}`;
    case "seats.nearly-full":
    case "seats.full":
      return `${text(data, "allotment")}: ${number(data, "taken")} of ${number(data, "units")} seats taken`;
    case "expiring":
      return `The license ends on ${lastDay(data, dates)}`;
    case "expired":
      return `The license ended on ${lastDay(data, dates)}`;
    case "checkout.expiring":
      return `The signed definition ${named(data, "label")} for ${text(data, "product")} ends on ${day("ends")}`;
    case "deployment.silent":
      return `${text(data, "name") || text(data, "source")} last called on ${day("lastSeen")}`;
    case "rejections":
      return `${data.users === 1 ? "1 user was" : `${number(data, "users")} users were`} denied a seat in 24 hours`;
    case "reclaim.announced":
      return `${text(data, "allotment")}: ${data.seats === 1 ? "1 unused seat" : `${number(data, "seats")} unused seats`} will be released on ${day("release")}`;
    case "key.expiring":
      return `The API token ${named(data, "name")} expires on ${day("ends")}`;
    case "signing-key.expiring":
      return `The signing key is two years old on ${day("ends")}: create a new one`;
    case "webhook.failing":
      return webhookSentence(data, day("since"));
    case "checkpoint.overdue":
      return data.last
        ? `The last checkpoint of the audit was written on ${day("last")}`
        : "No checkpoint of the audit has been written yet";
    case "backup.overdue":
      return `${data.last ? `The newest backup was made on ${day("last")}` : "There is no backup yet"}${data.failed ? ", and the last attempt failed" : ""}`;
  }
}

/** The page of the console where an alert can be resolved. */
export function alertPath({ kind, scope, data }: AlertFacts & { scope: string }): string {
  const license = `/licenses/${scope}`;
  const allotment = `allotment=${encodeURIComponent(text(data, "allotment"))}`;
  if (kind.startsWith("capacity")) return `${license}/capacity?${allotment}`;
  if (kind.startsWith("seats")) return `${license}/assignments?${allotment}`;
  const paths: Partial<Record<AlertKind, string>> = {
    expiring: `${license}/definition`,
    expired: `${license}/definition`,
    "checkout.expiring": `${license}/deployments/offline`,
    "deployment.silent": `${license}/deployments?state=silent`,
    rejections: `${license}/assignments?view=rejected`,
    "reclaim.announced": `${license}/assignments/reclaim`,
    "key.expiring": "/tokens",
    "signing-key.expiring": "/signing-keys",
    "webhook.failing": "/webhooks",
    "checkpoint.overdue": "/audit",
  };
  return paths[kind] ?? "/alerts";
}

function used(data: AlertData): string {
  return `${text(data, "allotment")}: ${number(data, "total")} of ${number(data, "quota")} minutes used`;
}

function webhookSentence(data: AlertData, since: string): string {
  const name = named(data, "name");
  if (data.disabled !== true) return `Deliveries to ${name} have failed since ${since}`;
  const why =
    data.reason === "gone"
      ? "the receiver answered that it is gone (410)"
      : "nothing was delivered for three days";
  return `The webhook ${name} was disabled: ${why}`;
}

/** The limit of the rule: `80%`, `4,000 minutes`, `50% of the overage`. */
function limitOf(data: AlertData): string {
  const [subject = "", unit] = text(data, "when").split(".");
  const limit = unit === "percent" ? `${number(data, "value")}%` : `${number(data, "value")} minutes`;
  return subject === "overage" ? `${limit} of the overage` : limit;
}

function text(data: AlertData, name: string): string {
  return String(data[name] ?? "");
}

function named(data: AlertData, name: string): string {
  return data[name] ? `“${text(data, name)}”` : "without a name";
}

function number(data: AlertData, name: string): string {
  return Number(data[name] ?? 0).toLocaleString("en");
}

function dayIn(data: AlertData, name: string, { zone, dateForm }: DateStyle): string {
  return formatDate(inZone(momentOf(data, name), zone).date, dateForm);
}

/** A validity ends at the midnight after its last day. */
function lastDay(data: AlertData, { dateForm }: DateStyle): string {
  return formatDate(dayOf(new Date(momentOf(data, "ends").getTime() - 1)), dateForm);
}

function momentOf(data: AlertData, name: string): Date {
  const at = new Date(text(data, name));
  return Number.isNaN(at.getTime()) ? new Date(0) : at;
}
