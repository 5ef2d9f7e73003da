import type { AlertData, AlertKind, AlertState } from "@/domain/alerts/alert";
import { nothingHere } from "@/domain/refusals/refusal";
import { Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";
import { lockScope } from "./scope-lock";

/** An alert as people and programs see it. */
export type Alert = {
  id: string;
  kind: AlertKind;
  state: AlertState;
  /** Null for an alert of the installation. */
  license: string | null;
  customer: { id: string; name: string } | null;
  rule: string;
  data: AlertData;
  fired: Date;
  acknowledged: Date | null;
  acknowledgedBy: { kind: string; id: string } | null;
  resolved: Date | null;
};

export type AlertFilter = {
  /** `open` stands for fired and acknowledged ones. */
  state?: AlertState | "open";
  license?: string;
  kind?: AlertKind;
  /** Leaves out those below another open one of their series. */
  worst?: boolean;
};

type Row = Omit<Alert, "license" | "customer" | "acknowledgedBy"> & {
  scope: string;
  customerId: string | null;
  customerName: string | null;
  byKind: string | null;
  by: string | null;
};

const COLUMNS = Prisma.sql`a.id::text, a.kind, a.state, a.scope, a.rule, a.data, a.fired_at AS fired, a.acknowledged_at AS acknowledged,
  a.acknowledged_kind AS "byKind", a.acknowledged_by AS by, a.resolved_at AS resolved, a.customer_id::text AS "customerId", c.name AS "customerName"`;

/** One page of the alerts that a principal can see, newest first. */
export async function listAlerts(
  who: Principal,
  { limit, cursor, ...filter }: AlertFilter & Slice,
): Promise<Page<Alert>> {
  const asked = [
    "alerts",
    filter.state ?? "",
    filter.license ?? "",
    filter.kind ?? "",
    filter.worst ?? false,
  ];
  const after = decodeCursor(cursor, asked);
  const beyond = after
    ? Prisma.sql`AND (a.fired_at, a.id) < (${new Date(after.key ?? 0)}, ${after.id}::uuid)`
    : Prisma.empty;
  const rows = await store().db.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM alert a LEFT JOIN customer c ON c.id = a.customer_id
    WHERE ${visibleTo(who)} AND ${matching(filter)} ${beyond}
    ORDER BY a.fired_at DESC, a.id DESC LIMIT ${limit + 1}`;
  const page = pageOf(rows, limit, asked, ({ fired, id }) => ({ key: fired.toISOString(), id }));
  return { items: page.items.map(alertIn), cursor: page.cursor };
}

/** How many alerts of a filter a principal can see, by state. */
export async function countAlerts(
  who: Principal,
  filter: AlertFilter = {},
): Promise<Record<AlertState, number>> {
  const rows = await store().db.$queryRaw<{ state: AlertState; count: number }[]>`
    SELECT a.state, count(*)::int AS count FROM alert a WHERE ${visibleTo(who)} AND ${matching(filter)} GROUP BY a.state`;
  const counts = { fired: 0, acknowledged: 0, resolved: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** The newest unacknowledged alerts of a principal, only the worst of each series. */
export async function firedAlerts(who: Principal, limit: number): Promise<Alert[]> {
  const rows = await store().db.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (a.scope, a.series) ${COLUMNS} FROM alert a LEFT JOIN customer c ON c.id = a.customer_id
      WHERE ${visibleTo(who)} AND a.state = 'fired' ORDER BY a.scope, a.series, a.rank DESC) worst
    ORDER BY fired DESC, id DESC LIMIT ${limit}`;
  return rows.map(alertIn);
}

/** Notes that somebody takes care of an alert, and of those below it in its series. Doing it again changes nothing. */
export async function acknowledgeAlert(who: Principal, id: string, actor: Actor, now: Date): Promise<Alert> {
  const before = await alertById(who, id);
  if (before.state === "fired") await acknowledge(id, before.license ?? INSTALLATION, actor, now);
  return alertById(who, id);
}

async function acknowledge(id: string, scope: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockScope(tx, scope);
    const rows = await tx.$queryRaw<unknown[]>`
      UPDATE alert a SET state = 'acknowledged', acknowledged_at = ${now}, acknowledged_kind = ${actor.kind},
        acknowledged_by = ${actor.id}
      FROM alert chosen WHERE chosen.id = ${id}::uuid AND a.scope = chosen.scope AND a.series = chosen.series
        AND a.rank <= chosen.rank AND a.state = 'fired'
      RETURNING a.id`;
    if (rows.length === 0) return;
    await recordEvents(tx, scope, actor, now, [{ action: "alert.acknowledged", object: id }]);
  });
}

/** An alert that a principal can see. */
async function alertById(who: Principal, id: string): Promise<Alert> {
  const [row] = await store().db.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM alert a LEFT JOIN customer c ON c.id = a.customer_id
    WHERE ${visibleTo(who)} AND a.id = ${id}::uuid`;
  if (!row) throw nothingHere();
  return alertIn(row);
}

const WORST = Prisma.sql`NOT (a.state <> 'resolved' AND EXISTS (SELECT FROM alert b
  WHERE b.scope = a.scope AND b.series = a.series AND b.state <> 'resolved' AND b.rank > a.rank))`;

/** The alerts of licenses in scope; those of the installation only without a limit, or about a customer in scope. */
function visibleTo({ customers, license }: Principal): Prisma.Sql {
  if (license) return Prisma.sql`a.scope = ${license}`;
  return customers ? Prisma.sql`a.customer_id = ANY (${customers}::uuid[])` : Prisma.sql`TRUE`;
}

function matching({ state, license, kind, worst }: AlertFilter): Prisma.Sql {
  const states = state === "open" ? ["fired", "acknowledged"] : state ? [state] : null;
  return Prisma.join(
    [
      states ? Prisma.sql`a.state = ANY (${states})` : Prisma.sql`TRUE`,
      license ? Prisma.sql`a.scope = ${license}` : Prisma.sql`TRUE`,
      kind ? Prisma.sql`a.kind = ${kind}` : Prisma.sql`TRUE`,
      worst ? WORST : Prisma.sql`TRUE`,
    ],
    " AND ",
  );
}

function alertIn({ scope, customerId, customerName, byKind, by, ...row }: Row): Alert {
  const { id, kind, state, rule, data, fired, acknowledged, resolved } = row;
  return {
    ...{ id, kind, state, rule, data, fired, acknowledged, resolved },
    license: scope === INSTALLATION ? null : scope,
    customer: customerId && customerName !== null ? { id: customerId, name: customerName } : null,
    acknowledgedBy: byKind && by ? { kind: byKind, id: by } : null,
  };
}
