import { STORE_SENTENCES } from "@/domain/refusals/store-refusals";

const RETRY_AFTER_S = 5;

/** The answer of a route that only reads while the store can't serve. */
export function storeUnavailable(): Response {
  return new Response(STORE_SENTENCES.STORE_UNAVAILABLE, {
    status: 503,
    headers: { "Retry-After": String(RETRY_AFTER_S), "Cache-Control": "no-store" },
  });
}
