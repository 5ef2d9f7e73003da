import { monthOf } from "@/domain/month";
import type { State } from "./state";
import { forgoneMinutes, isReady, seatStatus, timeStatus, unreportedMinutes } from "./status";

type Metric = { name: string; help: string; values: { labels?: Record<string, string>; value: number }[] };

/** The metrics of an agent in the format of Prometheus, without subjects and keys. */
export function metricsText(state: State, now: number): string {
  return metricsOf(state, now)
    .filter(({ values }) => values.length > 0)
    .map(
      ({ name, help, values }) =>
        `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${values.map((each) => line(name, each)).join("")}`,
    )
    .join("");
}

function metricsOf(state: State, now: number): Metric[] {
  const { license, contact, outbox, stop } = state;
  const time = license ? timeStatus(state, license, monthOf(new Date(now))) : [];
  const seats = license ? seatStatus(state, license, now) : [];
  const of = ({ allotment }: { allotment: string }, value: number) => ({ labels: { allotment }, value });
  const one = (name: string, help: string, value: number | undefined): Metric => ({
    name,
    help,
    values: value === undefined ? [] : [{ value }],
  });
  return [
    {
      name: "license_time_consumption",
      help: "Minutes that this deployment used this month.",
      values: time.map((allotment) => of(allotment, allotment.used)),
    },
    {
      name: "license_time_total",
      help: "Minutes that all deployments used this month, as far as this agent knows.",
      values: time.map((allotment) => of(allotment, allotment.total)),
    },
    {
      name: "license_time_quota",
      help: "Minutes that the license grants this month, without overage.",
      values: time.map((allotment) => of(allotment, allotment.quota)),
    },
    {
      name: "license_time_reserved",
      help: "Minutes that are reserved for this deployment and not used yet.",
      values: time.flatMap((each) => (each.budget ? [of(each, each.budget.held)] : [])),
    },
    {
      name: "license_time_reserved_seconds",
      help: "Seconds until the reserved minutes expire without the backend.",
      values: time.flatMap((each) =>
        each.budget?.until ? [of(each, Math.max(0, (Date.parse(each.budget.until) - now) / 1000))] : [],
      ),
    },
    {
      name: "license_seats_assigned",
      help: "Users who have a seat.",
      values: seats.map((allotment) => of(allotment, allotment.assigned)),
    },
    {
      name: "license_seats_units",
      help: "Seats in force.",
      values: seats.map((allotment) => of(allotment, allotment.units)),
    },
    one("license_ready", "1 while users can sign in.", isReady(state, now) ? 1 : 0),
    one("license_stopped", "1 once the backend has revoked or suspended the license.", stop ? 1 : 0),
    one(
      "license_lease_seconds",
      "Seconds until the lease ends without the backend.",
      license ? (license.leaseEnd - now) / 1000 : undefined,
    ),
    one("license_backend_failures", "Failed attempts since the last contact.", contact.failures),
    one(
      "license_backend_contact_timestamp_seconds",
      "When the backend was last reached.",
      contact.lastAt === null ? undefined : contact.lastAt / 1000,
    ),
    one("license_unsent_patches", "Assignment changes that the backend has not confirmed.", outbox.length),
    one(
      "license_unreported_minutes",
      "Minutes that the backend has not confirmed.",
      unreportedMinutes(state),
    ),
    one(
      "license_forgone_minutes",
      "Minutes not reported again, because a copy of this agent may have reported them.",
      forgoneMinutes(state),
    ),
  ];
}

function line(name: string, { labels = {}, value }: Metric["values"][number]): string {
  const shown = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${shown.length > 0 ? `{${shown.join(",")}}` : ""} ${value}\n`;
}

function escaped(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
