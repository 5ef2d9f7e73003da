import { sendJson } from "@/api/http";
import { MAX_LEASES, readLease } from "@/domain/leases/lease-request";
import { recordWithLeases } from "@/server/consumption/leases/lease-booking";
import { type Fields, itemsOf, readFields, sourceOf } from "./body";
import { callerOf, provenKey } from "./caller";
import type { ProductApp } from "./types";

export function leases(app: ProductApp, clock: () => Date): void {
  app.post("/v1/leases", async (c) => {
    const key = await provenKey(c, clock());
    const body = await readFields(c);
    const now = clock();
    const caller = callerOf(c, key, { source: sourceOf(body), userAgent: body.userAgent }, now);
    const answered = await recordWithLeases({ caller, elements: [], leases: leasesOf(body), now });
    return sendJson(c, { serverTime: now.toISOString(), leases: answered.leases });
  });
}

/** Requests for leases, each read on its own; all are of the run that the body names. */
export function leasesOf(body: Fields, isOptional = false) {
  return itemsOf(body, "leases", MAX_LEASES, isOptional).map((item) => readLease(item, body.run));
}
