import { uuidv7 } from "uuidv7";
import { alertChanges, type Condition, type KnownAlert } from "@/domain/alerts/alert";
import { isLimit } from "@/domain/alerts/reached-limits";
import { DAY } from "@/domain/month";
import { type NewEvent, writeEvents } from "@/server/events/outbox";
import { INSTALLATION } from "@/server/secrets/data-keys";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { type Audience, deliveriesOf, type FiredAlert } from "./audience";
import type { SeenValue } from "./license-facts";
import { limitEvents } from "./limit-events";

/** What was found about a license, or about the installation, to be compared with what is remembered. */
export type Finding = {
  /** A license number, or `installation`. */
  scope: string;
  customerId: string | null;
  /** Nobody is notified about sample data. */
  isSample: boolean;
  /** The version of the last evaluation when the facts were read. */
  version: number;
  state: string;
  dueAt: Date;
  seen: readonly SeenValue[];
  conditions: readonly Condition[];
  /** The limits of a license that are reached, whatever its rules are. */
  reached: readonly Condition[];
};

type Decision = Finding & ReturnType<typeof alertChanges>;
type Tx = Pick<Sql, "query">;

/** The advisory lock of the evaluator. */
const EVALUATOR_LOCK = 5_271_021;
/** Alerts that were resolved within these days can be opened again. */
const KNOWN_DAYS = 62;

const LOCK = { name: "alert_lock", text: "SELECT pg_try_advisory_xact_lock($1::bigint) AS is_ours" };
/** The scopes that nobody evaluated since their facts were read, and whose licenses still exist. */
const CURRENT = {
  name: "alert_current",
  text: `
SELECT f.scope FROM json_to_recordset($1::json) AS f(scope text, version int)
LEFT JOIN alert_watch w ON w.scope = f.scope
WHERE coalesce(w.version, 0) = f.version
  AND (f.scope = '${INSTALLATION}' OR EXISTS (SELECT FROM license l WHERE l.number = f.scope))`,
};
const KNOWN = {
  name: "alert_known",
  text: `
SELECT id, scope, series, rule, rank, term, once, state <> 'resolved' AS is_open FROM alert
WHERE scope = ANY ($1) AND (state <> 'resolved' OR fired_at > $2)`,
};
/** One that fired before stays the same alert: it is opened again, and isn't new. */
const FIRE = {
  name: "alert_fire",
  text: `
INSERT INTO alert (id, scope, customer_id, kind, series, rule, rank, term, once, state, data, is_announced, fired_at)
SELECT id, scope, customer, kind, series, rule, rank, term, once, 'fired', data, announced, $2 FROM json_to_recordset($1::json)
  AS a(id uuid, scope text, customer uuid, kind text, series text, rule text, rank float8, term text, once text,
    data jsonb, announced boolean)
ORDER BY scope, series, rule, once
ON CONFLICT (scope, series, rule, once) DO UPDATE SET resolved_at = NULL,
  state = CASE WHEN alert.acknowledged_at IS NULL THEN 'fired' ELSE 'acknowledged' END
RETURNING id, (xmax = 0) AS is_new`,
};
const REOPEN = {
  name: "alert_reopen",
  text: `
UPDATE alert SET resolved_at = NULL, state = CASE WHEN acknowledged_at IS NULL THEN 'fired' ELSE 'acknowledged' END
WHERE id = ANY ($1::uuid[])`,
};
const RESOLVE = {
  name: "alert_resolve",
  text: "UPDATE alert SET state = 'resolved', resolved_at = $2 WHERE id = ANY ($1::uuid[])",
};
const REMEMBER = {
  name: "alert_remember",
  text: `
INSERT INTO alert_watch (scope, version, state, due_at, at)
SELECT scope, version + 1, state, due, $2 FROM json_to_recordset($1::json)
  AS f(scope text, version int, state text, due timestamptz)
ORDER BY scope
ON CONFLICT (scope) DO UPDATE
  SET version = excluded.version, state = excluded.state, due_at = excluded.due_at, at = excluded.at
  WHERE alert_watch.version = excluded.version - 1`,
};
const REMEMBER_VALUES = {
  name: "alert_remember_values",
  text: `
INSERT INTO alert_seen (license, allotment, month, value)
SELECT license, allotment, month, value FROM json_to_recordset($1::json)
  AS s(license text, allotment text, month text, value bigint)
ORDER BY license, allotment, month
ON CONFLICT (license, allotment, month) DO UPDATE SET value = excluded.value WHERE alert_seen.value <> excluded.value`,
};
const DELIVER = {
  name: "alert_deliver",
  text: `
INSERT INTO alert_delivery (id, scope, alert, medium, recipient, due_at)
SELECT id, scope, alert, medium, recipient, due FROM json_to_recordset($1::json)
  AS d(id uuid, scope text, alert uuid, medium text, recipient text, due timestamptz)
ON CONFLICT (alert, medium, recipient) DO NOTHING`,
};

/**
 * Compares findings with what is remembered, and writes alerts, their events, the deliveries and what is remembered
 * now in one transaction. Returns whether this server is the one that evaluates.
 */
export function writeFindings(findings: readonly Finding[], audience: Audience, now: Date): Promise<boolean> {
  return store().sql.transaction(async (tx) => {
    const [lock] = await tx.query<{ is_ours: boolean }>(LOCK, [EVALUATOR_LOCK]);
    if (!lock?.is_ours) return false;
    const decisions = await decide(tx, await currentOnes(tx, findings), now);
    const fired = await fire(tx, decisions, now);
    await run(
      tx,
      REOPEN,
      decisions.flatMap(({ reopened }) => reopened),
    );
    await run(
      tx,
      RESOLVE,
      decisions.flatMap(({ resolved }) => resolved),
      now,
    );
    await remember(tx, decisions, now);
    await writeEvents(tx, now, [...fired.flatMap(eventOf), ...(await limitEvents(tx, decisions, now))]);
    const deliveries = fired.flatMap((alert) => deliveriesOf(alert, audience, now));
    if (deliveries.length > 0) await tx.query(DELIVER, [JSON.stringify(deliveries)]);
    return true;
  });
}

async function currentOnes(tx: Tx, findings: readonly Finding[]): Promise<Finding[]> {
  const versions = findings.map(({ scope, version }) => ({ scope, version }));
  const rows = await tx.query<{ scope: string }>(CURRENT, [JSON.stringify(versions)]);
  const current = new Set(rows.map(({ scope }) => scope));
  return findings.filter(({ scope }) => current.has(scope));
}

async function decide(tx: Tx, findings: readonly Finding[], now: Date): Promise<Decision[]> {
  const scopes = findings.map(({ scope }) => scope);
  const since = new Date(now.getTime() - KNOWN_DAYS * DAY);
  const rows = await tx.query<KnownAlert & { scope: string; is_open: boolean }>(KNOWN, [scopes, since]);
  return findings.map((finding) => {
    const known = rows
      .filter(({ scope }) => scope === finding.scope)
      .map(({ is_open, ...alert }) => ({ ...alert, isOpen: is_open }));
    return { ...finding, ...alertChanges(finding.conditions, known) };
  });
}

/** The alerts that are really new: the unique key of the store has the last word. */
async function fire(tx: Tx, decisions: readonly Decision[], now: Date): Promise<FiredAlert[]> {
  const wanted = decisions.flatMap((decision) =>
    decision.fired.map(({ condition, isAnnounced }) => ({ ...rowOf(decision, condition), isAnnounced })),
  );
  if (wanted.length === 0) return [];
  const rows = wanted.map(({ isAnnounced: announced, customerId: customer, ...row }) => ({
    ...row,
    announced,
    customer,
  }));
  const written = await tx.query<{ id: string; is_new: boolean }>(FIRE, [JSON.stringify(rows), now]);
  const fresh = new Set(written.filter(({ is_new }) => is_new).map(({ id }) => id));
  const sample = new Set(decisions.filter(({ isSample }) => isSample).map(({ scope }) => scope));
  return wanted
    .filter(({ id }) => fresh.has(id))
    .map((alert) => ({ ...alert, isAnnounced: alert.isAnnounced && !sample.has(alert.scope) }));
}

function rowOf({ scope, customerId }: Finding, condition: Condition) {
  const { kind, series, rule, rank, term, once, data, customer } = condition;
  return {
    id: uuidv7(),
    scope,
    customerId: customer ?? customerId,
    kind,
    series,
    rule,
    rank,
    term,
    once,
    data,
  };
}

async function remember(tx: Tx, decisions: readonly Decision[], now: Date): Promise<void> {
  if (decisions.length === 0) return;
  const watches = decisions.map(({ scope, version, state, dueAt: due }) => ({ scope, version, state, due }));
  await tx.query(REMEMBER, [JSON.stringify(watches), now]);
  const values = decisions.flatMap(({ scope: license, seen }) =>
    seen.map(({ allotment, month, value }) => ({ license, allotment, month, value: Number(value) })),
  );
  if (values.length > 0) await tx.query(REMEMBER_VALUES, [JSON.stringify(values)]);
}

/** A failing webhook and an announced release wrote their events themselves; limits have theirs without any rule. */
function eventOf({ scope, kind, data }: FiredAlert): NewEvent[] {
  if (kind === "webhook.failing" || kind === "reclaim.announced" || isLimit(kind)) return [];
  return scope === INSTALLATION
    ? [{ type: kind, data }]
    : [{ type: kind, license: scope, data: { license: scope, ...data } }];
}

async function run(tx: Tx, statement: { name: string; text: string }, ids: string[], ...more: unknown[]) {
  if (ids.length > 0) await tx.query(statement, [ids, ...more]);
}
