import type { AlertData, AlertKind } from "@/domain/alerts/alert";
import type { AlertText } from "@/domain/alerts/alert-messages";
import { alertPath, alertSentence, alertTitle } from "@/domain/alerts/alert-sentences";
import type { DateStyle } from "@/domain/dates/date-style";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";

/** An alert as people read of it, and the customer that it is about. */
type AddressedAlert = AlertText & { customerId: string | null };

type Row = {
  scope: string;
  customerId: string | null;
  kind: AlertKind;
  data: AlertData;
  customer: string | null;
};

/** The alerts of a message, oldest first, with dates in a style; those that no longer exist are left out. */
export async function alertTexts(
  ids: readonly string[],
  origin: string,
  dates: DateStyle,
): Promise<AddressedAlert[]> {
  const rows = await store().db.$queryRaw<Row[]>`
    SELECT a.scope, a.customer_id AS "customerId", a.kind, a.data, c.name AS customer FROM alert a
    LEFT JOIN customer c ON c.id = a.customer_id
    WHERE a.id = ANY (${[...ids]}::uuid[]) ORDER BY a.fired_at, a.rank DESC, a.id`;
  return rows.map(({ customerId, customer, ...alert }) => ({
    customerId,
    title: alertTitle(alert.kind),
    sentence: alertSentence(alert, dates),
    where: alert.scope === INSTALLATION ? (customer ?? "This installation") : whereOf(customer, alert.scope),
    link: `${origin}${alertPath(alert)}`,
  }));
}

function whereOf(customer: string | null, number: string): string {
  return [customer, formatLicenseNumber(number)].filter(Boolean).join(", ");
}
