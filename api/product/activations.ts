import { invalidBody } from "@/api/http";
import { Refusal } from "@/domain/refusals/refusal";
import { activate, type Cause } from "@/server/deployments/activations";
import { invalidValue, optionalSourceOf, readFields } from "./body";
import { callerOf, provenKey } from "./caller";
import type { ProductApp } from "./types";

export function activations(app: ProductApp, clock: () => Date): void {
  app.post("/v1/activations", async (c) => {
    const key = await provenKey(c, clock());
    const body = await readFields(c);
    if (!isCause(body.cause)) throw invalidBody([invalidValue("/cause", "cause must be Initial or Update.")]);
    const now = clock();
    const caller = callerOf(c, key, { source: optionalSourceOf(body), userAgent: body.userAgent }, now);
    if (!caller.product)
      throw new Refusal(
        "INVALID_USER_AGENT",
        "An activation needs a user agent such as `Licenses/1.6.4 (windows) QSEfW`, as User-Agent or as userAgent.",
      );
    return c.json(await activate(caller, body.cause, now));
  });
}

function isCause(value: unknown): value is Cause {
  return value === "Initial" || value === "Update";
}
