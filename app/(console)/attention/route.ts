import { dateStyle } from "@/app/(console)/_lib/date-style";
import { readInScope } from "@/app/(console)/_lib/reading";
import { ALERT_LOOKS } from "@/components/text/alert-labels";
import { needLabel } from "@/components/text/need-labels";
import { alertPath, alertSentence, alertTitle } from "@/domain/alerts/alert-sentences";
import { isSaidBy } from "@/domain/alerts/bell";
import type { DateStyle } from "@/domain/dates/date-style";
import type { Need } from "@/domain/licenses/attention";
import { type Alert, firedAlerts } from "@/server/alerts/alerts";
import { sharedOverview } from "@/server/overview/overview";
import type { AttentionShown } from "./attention-shown";

const SHOWN = 8;
const MOST_ALERTS = 500;

/** What needs attention and the alerts beside it, for the bell: the total, and the most urgent entries. */
export function GET(): Promise<Response> {
  return readInScope("licenses.read", async (reading) => {
    const { who } = reading;
    const dates = await dateStyle();
    const [{ needs, at: now }, fired] = await Promise.all([
      sharedOverview(who, reading.now),
      firedAlerts(who, MOST_ALERTS),
    ]);
    const ofLicenses = new Map<string | null, Need[]>();
    for (const { row, need } of needs)
      ofLicenses.set(row.number, [...(ofLicenses.get(row.number) ?? []), need]);
    const alerts = fired.filter(({ license, ...alert }) => !isSaidBy(ofLicenses.get(license) ?? [], alert));
    const rows = needs.slice(0, SHOWN).map(({ row, need }) => {
      const { state, badge, what, href } = needLabel(need, row, now, dates);
      return {
        id: `${href} ${badge}`,
        state,
        badge,
        what,
        href,
        number: row.number,
        customer: row.customer.name,
      };
    });
    const shown: AttentionShown = {
      ...{ build: process.env.SIGNET_BUILD, needs: needs.length, alerts: alerts.length },
      rows: [...rows, ...alerts.slice(0, SHOWN - rows.length).map((alert) => alertRow(alert, dates))],
    };
    return Response.json(shown);
  });
}

function alertRow(alert: Alert, dates: DateStyle): AttentionShown["rows"][number] {
  const { id, kind, license, customer } = alert;
  return {
    ...{ id, state: ALERT_LOOKS[kind], badge: alertTitle(kind), what: alertSentence(alert, dates) },
    ...{ href: alertPath({ ...alert, scope: license ?? "" }), number: license },
    customer: customer?.name ?? "This installation",
  };
}
