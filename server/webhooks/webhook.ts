import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { seesSubjects } from "@/domain/roles";
import type { DisabledReason, WebhookState } from "@/domain/webhooks/webhook";
import type { Prisma, Webhook as Row } from "@/prisma/client/client";
import type { Principal } from "@/server/access/gate";
import { tagOf } from "@/server/store/entity-tag";
import type { Tx } from "@/server/store/store";

/** What admins set. `customer` is the id of a customer, or null for the whole installation. */
export type WebhookSettings = {
  name: string;
  url: string;
  /** Types without their prefix; none means all. */
  types: string[];
  typePrefix: string;
  subjects: boolean;
  concurrency: number;
};

/** An endpoint as it leaves the server: without its secret. */
export type Webhook = WebhookSettings & {
  id: string;
  customer: { id: string; name: string } | null;
  state: WebhookState;
  disabledReason: DisabledReason | null;
  /** Since when every attempt has failed. */
  failingSince: Date | null;
  /** Until when the secret before the current one signs too. */
  previousSecretUntil: Date | null;
  created: Date;
  updated: Date;
};

/** The endpoints that a principal can see, as a condition of every query. */
export function webhookScope({ customers, license }: Principal): Prisma.WebhookWhereInput {
  if (license) return { id: { in: [] } };
  return customers ? { customerId: { in: customers } } : {};
}

/** The row of an endpoint in scope. */
export async function webhookRow(tx: Pick<Tx, "webhook">, principal: Principal, id: string): Promise<Row> {
  const row = await tx.webhook.findFirst({ where: { AND: [{ id }, webhookScope(principal)] } });
  if (!row) throw nothingHere();
  return row;
}

/** Endpoints that get subjects are changed only by those who may see them: whoever enters another URL gets them. */
export function refuseUnseenSubjects({ role }: Principal, ...changes: { withSubjects: boolean }[]): void {
  if (seesSubjects(role) || !changes.some(({ withSubjects }) => withSubjects)) return;
  throw new Refusal(
    "FORBIDDEN",
    `This webhook is sent users, and the role ${role} can't see them. Ask an owner or a license admin.`,
  );
}

/** The endpoints of rows, with the names of their customers. */
export async function webhooksOf(
  db: Pick<Tx, "customer">,
  rows: readonly Row[],
  now: Date,
): Promise<Webhook[]> {
  const ids = [...new Set(rows.flatMap(({ customerId }) => customerId ?? []))];
  const customers = await db.customer.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  return rows.map((row) => webhookOf(row, row.customerId ? (byId.get(row.customerId) ?? null) : null, now));
}

function webhookOf(row: Row, customer: Webhook["customer"], now: Date): Webhook {
  const { id, name, url, types, typePrefix, concurrency, state, failingSince, previousUntil } = row;
  return {
    ...{ id, name, url, customer, types, typePrefix, subjects: row.withSubjects, concurrency, state },
    disabledReason: disabledReasonOf(row),
    failingSince,
    previousSecretUntil: previousUntil && previousUntil > now ? previousUntil : null,
    ...{ created: row.createdAt, updated: row.updatedAt },
  };
}

/** Why Signet disabled an endpoint; null if it isn't disabled. */
export function disabledReasonOf({
  state,
  disabledReason,
}: Pick<Row, "state" | "disabledReason">): DisabledReason | null {
  if (state !== "disabled") return null;
  return disabledReason === "gone" ? "gone" : "failing";
}

/** The tag of what admins set and of the state. */
export function webhookTag({
  id,
  name,
  url,
  types,
  typePrefix,
  subjects,
  concurrency,
  state,
}: Webhook): string {
  return tagOf([id, name, url, types, typePrefix, subjects, concurrency, state]);
}
