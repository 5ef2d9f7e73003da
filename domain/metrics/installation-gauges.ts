import { type Gauge, gaugesText, metricHead, sampleLine } from "./exposition";
import type { InstallationFigures } from "./license-figures";

const BROKEN = "signet_check_broken_rows";

const GAUGES: readonly Gauge<InstallationFigures>[] = [
  {
    name: "signet_installation_audit_intact",
    help: "Whether the last verification found the installation's own audit chain intact; absent if there was none.",
    value: ({ verified }) => (verified ? Number(verified.isIntact) : null),
  },
  {
    name: "signet_installation_audit_verified_timestamp_seconds",
    help: "When the installation's own audit chain was last verified.",
    value: ({ verified }) => (verified ? verified.at.getTime() / 1000 : null),
  },
  {
    name: "signet_audit_checkpoint_timestamp_seconds",
    help: "When the last checkpoint of the audit chains was written; 0 if none was, absent if none are to be.",
    value: ({ checkpoint }) => (checkpoint === undefined ? null : (checkpoint?.getTime() ?? 0) / 1000),
  },
  {
    name: "signet_event_outbox_depth",
    help: "Events that wait for their position.",
    value: ({ outbox }) => outbox.count,
  },
  {
    name: "signet_event_outbox_oldest_seconds",
    help: "How long the oldest of them has waited; 0 if none waits.",
    value: ({ outbox }, now) => secondsSince(outbox.oldest, now),
  },
  {
    name: "signet_webhook_undelivered",
    help: "Deliveries of webhooks that wait for their first or next attempt.",
    value: ({ deliveries }) => deliveries.count,
  },
  {
    name: "signet_webhook_oldest_undelivered_seconds",
    help: "How long the oldest of them has waited; 0 if none waits.",
    value: ({ deliveries }, now) => secondsSince(deliveries.oldest, now),
  },
  {
    name: "signet_rotating_keys",
    help: "Encryption keys that are being replaced.",
    value: ({ rotatingKeys }) => rotatingKeys,
  },
  {
    name: "signet_check_timestamp_seconds",
    help: "When the rule that was checked longest ago was checked; absent before the first time.",
    value: ({ checks }) =>
      checks.length > 0 ? Math.min(...checks.map(({ at }) => at.getTime())) / 1000 : null,
  },
];

/** The metrics of the installation as a whole. */
export function installationMetrics(figures: InstallationFigures, now: Date): string {
  return gaugesText(GAUGES, figures, now) + brokenRows(figures);
}

function brokenRows({ checks }: InstallationFigures): string {
  if (checks.length === 0) return "";
  const lines = checks.map(({ name: rule, broken }) => sampleLine(BROKEN, { rule }, broken));
  return metricHead(BROKEN, "Rows that break a rule of signet check.") + lines.join("");
}

function secondsSince(oldest: Date | null, now: Date): number {
  return oldest ? Math.max(0, (now.getTime() - oldest.getTime()) / 1000) : 0;
}
