import { z } from "@hono/zod-openapi";
import { ALERT_KINDS, ALERT_STATES } from "@/domain/alerts/alert";
import { CHANNEL_KINDS } from "@/domain/alerts/alert-messages";
import { MOST_RULES, RULE_SUBJECTS } from "@/domain/alerts/alert-rules";
import { newName, time } from "./fields";

const nothing = z.null();

export const alertKind = z.enum(ALERT_KINDS);
export const alertState = z.enum([...ALERT_STATES, "open"]).openapi({
  description: "`open` stands for `fired` and `acknowledged`.",
});

const AlertRule = z
  .strictObject({
    when: z.enum(RULE_SUBJECTS).openapi({
      description:
        "What is compared: minutes or percent of the quota, of the overage, or seats; days before an end or of silence; users who were denied a seat in 24 hours.",
    }),
    value: z
      .int("Enter a whole number.")
      .min(0)
      .max(1_000_000_000)
      .optional()
      .openapi({ description: "Absent for `forecast` and `webhook`." }),
    allotment: newName.optional().openapi({
      description: "Limits the rule to one allotment. Only in the rules of a license.",
    }),
  })
  .openapi("AlertRule", { example: { when: "capacity.percent", value: 80 } });

const rules = z.array(AlertRule).max(MOST_RULES, `Save at most ${MOST_RULES} rules.`);
const example = [
  { when: "capacity.percent" as const, value: 80 },
  { when: "seats.percent" as const, value: 100 },
  { when: "license.days" as const, value: 30 },
];

export const NewAlertRules = z
  .strictObject({ rules })
  .openapi("NewAlertRules", { example: { rules: example } });

export const AlertRules = z
  .object({
    rules,
    own: z.boolean().openapi({
      description:
        "Whether they were saved here. Otherwise they are those of the installation, or the defaults.",
    }),
  })
  .openapi("AlertRules", { example: { rules: example, own: true } });

export const Alert = z
  .object({
    id: z.uuid(),
    kind: alertKind,
    state: z.enum(ALERT_STATES),
    license: z
      .union([z.string(), nothing])
      .openapi({ description: "Null for an alert of the installation." }),
    customer: z.union([z.object({ id: z.uuid(), name: z.string() }), nothing]),
    rule: z.string().openapi({ description: "The rule that it crossed: subject, value and allotment." }),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), nothing])).openapi({
      description: "The figures at the moment when it fired. They never name a user.",
    }),
    fired: time,
    acknowledged: z.union([time, nothing]),
    acknowledgedBy: z.union([z.object({ kind: z.string(), id: z.string() }), nothing]),
    resolved: z.union([time, nothing]),
  })
  .openapi("Alert", {
    example: {
      id: "019a8f00-0000-7000-8000-000000000001",
      kind: "capacity.threshold",
      state: "fired",
      license: "9999000000001253",
      customer: { id: "019a8f00-0000-7000-8000-000000000002", name: "Contoso" },
      rule: "capacity.percent 80",
      data: { allotment: "analyzer_time", month: "2026-08", total: 8012, quota: 10_000, overage: 0 },
      fired: "2026-08-24T10:00:00.000Z",
      acknowledged: null,
      acknowledgedBy: null,
      resolved: null,
    },
  });

const channel = {
  name: newName.openapi({ example: "#licenses" }),
  kind: z.enum(CHANNEL_KINDS).openapi({ description: "The form of the messages." }),
  customer: z
    .union([z.uuid("Choose a customer."), nothing])
    .openapi({ description: "Limits it to the alerts of one customer; null gets all.", example: null }),
};

export const NewAlertChannel = z
  .strictObject({
    ...channel,
    customer: channel.customer.default(null),
    url: z.string().max(2000).openapi({
      description: "The URL of an incoming webhook. It is stored encrypted and never shown again.",
      example: "https://hooks.slack.com/services/T000/B000/XXXX",
    }),
  })
  .openapi("NewAlertChannel", {
    example: {
      name: "#licenses",
      kind: "slack",
      customer: null,
      url: "https://hooks.slack.com/services/T000/B000/XXXX",
    },
  });

export const AlertChannel = z
  .object({
    id: z.uuid(),
    ...channel,
    host: z.string().openapi({ description: "The host of its URL.", example: "hooks.slack.com" }),
    created: time,
    lastSent: z.union([time, nothing]),
    lastError: z
      .union([z.string(), nothing])
      .openapi({ description: "Why the last message wasn't delivered; null if it was.", example: null }),
  })
  .openapi("AlertChannel");
