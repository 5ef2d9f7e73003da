import { DAY, monthOf } from "@/domain/month";
import type { DisabledReason } from "@/domain/webhooks/webhook";
import type { Condition } from "./alert";
import { type AlertRule, ruleKey } from "./alert-rules";
import { type CopyFacts, copyConditions } from "./copy-conditions";
import { endCondition } from "./end-conditions";

/** Signing keys don't expire, but are due for rotation after two years. */
const SIGNING_KEY_DAYS = 730;

export type ExpiringToken = { id: string; name: string; created: Date; expires: Date };
export type ActiveSigningKey = { kid: string; created: Date };
export type FailingWebhook = {
  id: string;
  name: string;
  customer: string | null;
  since: Date;
  /** Null while it is still tried. */
  disabled: DisabledReason | null;
};

/** Everything that alerts of the installation depend on, at one moment. */
export type InstallationFacts = {
  tokens: readonly ExpiringToken[];
  signingKeys: readonly ActiveSigningKey[];
  webhooks: readonly FailingWebhook[];
  copies: CopyFacts;
};

/** The day on which a signing key is due for rotation. */
function rotationDue({ created }: Pick<ActiveSigningKey, "created">): Date {
  return new Date(created.getTime() + SIGNING_KEY_DAYS * DAY);
}

/** The conditions of the installation at one moment. */
export function installationConditions(
  facts: InstallationFacts,
  rules: readonly AlertRule[],
  now: Date,
): Condition[] {
  return [...rules.flatMap((rule) => conditionsOf(facts, rule, now)), ...copyConditions(facts.copies, now)];
}

function conditionsOf(facts: InstallationFacts, rule: AlertRule, now: Date): Condition[] {
  switch (rule.when) {
    case "token.days":
      return facts.tokens
        .filter(({ created, expires }) => expires.getTime() - created.getTime() > (rule.value ?? 0) * DAY)
        .map(({ id, name, expires: at }) =>
          endCondition("key.expiring", { series: `token ${id}`, rule, at, now, more: { token: id, name } }),
        );
    case "signing-key.days":
      return facts.signingKeys.map((key) => rotationCondition(key, rule, now));
    case "webhook":
      return facts.webhooks.map((webhook) => webhookCondition(webhook, rule, now));
    default:
      return [];
  }
}

/** Unlike an end, being due doesn't pass: it is on until another key is active. */
function rotationCondition(key: ActiveSigningKey, rule: AlertRule, now: Date): Condition {
  const at = rotationDue(key);
  const more = { kid: key.kid };
  const condition = endCondition("signing-key.expiring", {
    series: `signing-key ${key.kid}`,
    rule,
    at,
    now,
    more,
  });
  return at <= now ? { ...condition, state: "on" } : condition;
}

/** A webhook that is disabled is news again after the failures that led to it, so that is another term. */
function webhookCondition(
  { id, name, customer, since, disabled }: FailingWebhook,
  rule: AlertRule,
  now: Date,
): Condition {
  const same = { kind: "webhook.failing", series: `webhook ${id}`, rule: ruleKey(rule), rank: 0 } as const;
  const [term, once] = disabled ? [disabled, `${monthOf(now)} ${disabled}`] : ["", monthOf(now)];
  const reason = disabled ?? "failing";
  const data = { webhook: id, name, since: since.toISOString(), disabled: disabled !== null, reason };
  const condition: Condition = { ...same, state: "on", term, once, data };
  return customer === null ? condition : { ...condition, customer };
}
