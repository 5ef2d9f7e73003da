import { sendJson } from "@/api/http";
import { readElement } from "@/domain/consumption/report";
import { monthOf, parseMonth } from "@/domain/month";
import { Refusal } from "@/domain/refusals/refusal";
import { isPlainText } from "@/domain/text";
import { readConsumption, recordConsumption } from "@/server/consumption/consumption";
import { recordOnce } from "@/server/consumption/idempotent-reports";
import { itemsOf, optionalSourceOf, readFields, sourceOf } from "./body";
import { callerOf, provenKey } from "./caller";
import type { ProductApp } from "./types";

const MAX_ELEMENTS = 1000;

export function consumption(app: ProductApp, clock: () => Date): void {
  app.post("/v1/consumption", async (c) => {
    const key = await provenKey(c);
    const body = await readFields(c);
    const now = clock();
    const caller = callerOf(c, key, { source: sourceOf(body), userAgent: body.userAgent }, now);
    const elements = itemsOf(body, "consumption", MAX_ELEMENTS).map((element) => readElement(element, now));
    const once = idempotencyKey(c.req.header("Idempotency-Key"));
    const report = { caller, elements, now };
    const responses = once ? await recordOnce(report, once) : await recordConsumption(report);
    return sendJson(c, { serverTime: now.toISOString(), consumption: responses });
  });

  app.get("/v1/consumption", async (c) => {
    const key = await provenKey(c);
    const now = clock();
    const asked = c.req.query("month");
    const month = asked === undefined ? monthOf(now) : parseMonth(asked);
    if (!month) throw new Refusal("INVALID_QUERY", "month must be YYYY-MM, for example 2018-11.");
    const source = optionalSourceOf({ source: c.req.query("source") });
    const totals = await readConsumption(callerOf(c, key, { source }, now), month, now);
    return c.json({ serverTime: now.toISOString(), consumption: totals });
  });
}

function idempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (header !== "" && isPlainText(header)) return header;
  throw new Refusal("INVALID_BODY", "An Idempotency-Key is a text of 1 to 200 characters.");
}
