/** What an alert is about; also the type of its event, without the prefix. */
export const ALERT_KINDS = [
  "capacity.threshold",
  "capacity.quota-reached",
  "capacity.cap-reached",
  "capacity.forecast",
  "seats.nearly-full",
  "seats.full",
  "expiring",
  "expired",
  "checkout.expiring",
  "deployment.silent",
  "rejections",
  "reclaim.announced",
  "key.expiring",
  "signing-key.expiring",
  "webhook.failing",
  "checkpoint.overdue",
  "backup.overdue",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const ALERT_STATES = ["fired", "acknowledged", "resolved"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** The facts of an alert at the moment when it fired: numbers and names, never a subject. */
export type AlertData = Record<string, string | number | boolean | null>;

/** One limit of one thing at one moment. */
export type Condition = {
  kind: AlertKind;
  /** The thing, such as one allotment's minutes. Of the limits of one thing only people hear only of the highest new one. */
  series: string;
  /** The key of the rule. */
  rule: string;
  /** Orders the limits of a series; the greater is worse. */
  rank: number;
  state: "on" | "held" | "off";
  /** An open alert belongs to one term: a month, or an end date. In another term it is resolved. */
  term: string;
  /** The condition fires once for each of these texts. */
  once: string;
  data: AlertData;
  /** The customer that a condition of the installation is about. */
  customer?: string;
};

/** An alert of before, as far as the next decision needs it. */
export type KnownAlert = Pick<Condition, "series" | "rule" | "term" | "once" | "rank"> & {
  id: string;
  isOpen: boolean;
};

export type AlertChanges = {
  /** New alerts; those that aren't announced are below another one of their series. */
  fired: { condition: Condition; isAnnounced: boolean }[];
  /** Alerts that were resolved and are on again, without a new announcement. */
  reopened: string[];
  resolved: string[];
};

/**
 * What changes for all conditions of one license, or of the installation. An open alert whose condition is off, is of
 * another term or no longer exists is resolved.
 */
export function alertChanges(conditions: readonly Condition[], known: readonly KnownAlert[]): AlertChanges {
  const open = new Map(known.filter(({ isOpen }) => isOpen).map((alert) => [keyOf(alert), alert]));
  const kept = new Set<string>();
  const [fresh, reopened]: [Condition[], string[]] = [[], []];
  for (const condition of conditions) {
    const before = open.get(keyOf(condition));
    if (before && before.term === condition.term && condition.state !== "off") kept.add(before.id);
    else if (condition.state === "on") {
      const past = known.find((alert) => !alert.isOpen && isSame(alert, condition));
      if (past) reopened.push(past.id);
      else fresh.push(condition);
    }
  }
  const staying = known.filter(({ id }) => kept.has(id) || reopened.includes(id));
  return {
    fired: fresh.map((condition) => ({
      condition,
      isAnnounced: isHighest(condition, [...fresh, ...staying]),
    })),
    reopened,
    resolved: [...open.values()].filter(({ id }) => !kept.has(id)).map(({ id }) => id),
  };
}

function isHighest({ series, rank }: Condition, others: readonly Pick<Condition, "series" | "rank">[]) {
  return others.every((other) => other.series !== series || other.rank <= rank);
}

function isSame(alert: KnownAlert, { series, rule, once }: Condition): boolean {
  return alert.series === series && alert.rule === rule && alert.once === once;
}

function keyOf({ series, rule }: Pick<Condition, "series" | "rule">): string {
  return `${series}\n${rule}`;
}
