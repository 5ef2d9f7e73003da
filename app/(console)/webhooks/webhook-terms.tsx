import { count } from "@/components/text/numbers";
import type { WebhookValues } from "./webhook-fields";
import { eventLabel } from "./webhook-labels";

type Terms = Pick<WebhookValues, "types" | "subjects" | "typePrefix" | "concurrency">;

/** What a webhook sends and how, as facts. */
export function webhookTerms({ types, subjects, typePrefix, concurrency }: Terms) {
  return [
    ["Events", types.length === 0 ? "all" : types.map(eventLabel).join(", ")],
    ["Users", subjects ? "named" : "not named"],
    ["Prefix of types", <code key="prefix">{typePrefix || "none"}</code>],
    ["Requests at a time", count(concurrency)],
  ] as const;
}
