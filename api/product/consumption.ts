import { invalidBody, sendJson } from "@/api/http";
import { idempotencyKeyOf } from "@/api/idempotency-key";
import { MAX_DENIALS } from "@/domain/consumption/denial";
import { readElement } from "@/domain/consumption/report";
import { MAX_SESSIONS } from "@/domain/consumption/session";
import { monthOf, parseMonth } from "@/domain/month";
import { Refusal } from "@/domain/refusals/refusal";
import { readConsumption, recordConsumption } from "@/server/consumption/consumption";
import type { Report } from "@/server/consumption/consumption-slots";
import { recordDenials } from "@/server/consumption/denials/denial-intake";
import { type Recorded, recordOnce } from "@/server/consumption/idempotent-reports";
import { hasLeases, recordWithLeases } from "@/server/consumption/leases/lease-booking";
import { recordSessions } from "@/server/consumption/sessions/session-intake";
import { type Fields, invalidValue, itemsOf, readFields, sourceInQuery, sourceOf } from "./body";
import { callerOf, provenKey } from "./caller";
import { leasesOf } from "./leases";
import type { ProductApp } from "./types";

const MAX_ELEMENTS = 1000;

export function consumption(app: ProductApp, clock: () => Date): void {
  app.post("/v1/consumption", async (c) => {
    const key = await provenKey(c, clock());
    const body = await readFields(c);
    const now = clock();
    const caller = callerOf(c, key, { source: sourceOf(body), userAgent: body.userAgent }, now);
    const sent = itemsOf(body, "consumption", MAX_ELEMENTS);
    const extra = extraOf(body, sent);
    const elements = sent.map((element) => readElement(element, now));
    const report = { caller, elements, leases: leasesOf(body, true), now };
    const { consumption: booked, leases } = await recorded(report, idempotencyKeyOf(c));
    const responses = extra.hasSessions ? await recordSessions(report, sent, booked) : booked;
    const denials = extra.denials.length > 0 ? await recordDenials(report, extra.denials) : {};
    const answers = body.leases === undefined ? {} : { leases: leases ?? [] };
    return sendJson(c, { serverTime: now.toISOString(), consumption: responses, ...answers, ...denials });
  });

  app.get("/v1/consumption", async (c) => {
    const key = await provenKey(c, clock());
    const now = clock();
    const asked = c.req.query("month");
    const month = asked === undefined ? monthOf(now) : parseMonth(asked);
    if (!month) throw new Refusal("INVALID_QUERY", "month must be YYYY-MM, for example 2018-11.");
    const source = sourceInQuery(c);
    const totals = await readConsumption(callerOf(c, key, { source }, now), month, now);
    return c.json({ serverTime: now.toISOString(), consumption: totals });
  });
}

function recorded(report: Report, once: string | null): Promise<Recorded> {
  if (once) return recordOnce(report, once);
  if (hasLeases(report)) return recordWithLeases(report);
  return recordConsumption(report).then((consumption) => ({ consumption }));
}

/** What a report carries beside its minutes; refused before anything is booked if it is too much. */
function extraOf(body: Fields, elements: Fields[]): { hasSessions: boolean; denials: Fields[] } {
  const denials = itemsOf(body, "denials", MAX_DENIALS, true);
  const counts = elements.map(({ sessions }) => (Array.isArray(sessions) ? sessions.length : 0));
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum > MAX_SESSIONS)
    throw invalidBody([
      invalidValue(
        "/consumption",
        `A report can have at most ${MAX_SESSIONS} sessions. Send the rest in another request, with the same sequences.`,
      ),
    ]);
  return { hasSessions: elements.some(({ sessions }) => sessions !== undefined), denials };
}
