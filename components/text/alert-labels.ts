import type { BadgeState } from "@/components/ui/state-badge";
import type { AlertKind } from "@/domain/alerts/alert";
import type { ChannelKind } from "@/domain/alerts/alert-messages";
import type { AlertRule, RuleSubject } from "@/domain/alerts/alert-rules";
import { count } from "./numbers";

/** The look of each kind of alert. */
export const ALERT_LOOKS: Record<AlertKind, BadgeState> = {
  "capacity.threshold": "near",
  "capacity.quota-reached": "overage",
  "capacity.cap-reached": "exceeded",
  "capacity.forecast": "near",
  "seats.nearly-full": "near",
  "seats.full": "excess",
  expiring: "near",
  expired: "expired",
  "checkout.expiring": "near",
  "deployment.silent": "silent",
  rejections: "rejected",
  "reclaim.announced": "waiting",
  "key.expiring": "near",
  "signing-key.expiring": "near",
  "webhook.failing": "silent",
  "checkpoint.overdue": "silent",
  "backup.overdue": "silent",
};

/** A rule in words: what it is about, and the unit after its value. */
export const RULE_LABELS: Record<RuleSubject, { name: string; unit: string }> = {
  "capacity.percent": { name: "Quota used", unit: "%" },
  "capacity.minutes": { name: "Minutes used", unit: " minutes" },
  "overage.percent": { name: "Allowed overage used", unit: "%" },
  "overage.minutes": { name: "Overage used", unit: " minutes" },
  "seats.percent": { name: "Share of seats taken", unit: "%" },
  "seats.number": { name: "Seats taken", unit: " seats" },
  forecast: { name: "Forecast above quota", unit: "" },
  "license.days": { name: "License ends", unit: " days before" },
  "checkout.days": { name: "Signed definition ends", unit: " days before" },
  "silent.days": { name: "Deployment silent", unit: " days" },
  "rejections.number": { name: "Users denied in 24 hours", unit: " users" },
  "token.days": { name: "API token expires", unit: " days before" },
  "signing-key.days": { name: "Signing key rotation due", unit: " days before" },
  webhook: { name: "Webhook fails", unit: "" },
};

/** A whole rule in words, such as `Quota used: 80%, analyzer_time`. */
export function ruleLabel({ when, value, allotment }: AlertRule): string {
  const { name, unit } = RULE_LABELS[when];
  return `${name}${value === undefined ? "" : `: ${count(value)}${unit}`}${allotment ? `, ${allotment}` : ""}`;
}

export const CHANNEL_LABELS: Record<ChannelKind, string> = { slack: "Slack", teams: "Microsoft Teams" };
