import { STORE_SENTENCES } from "@/domain/refusals/store-refusals";

const RETRY_AFTER_S = 5;

/** The response of a read-only route while the store is unavailable. */
export function storeUnavailable(): Response {
  return new Response(STORE_SENTENCES.STORE_UNAVAILABLE, {
    status: 503,
    headers: { "Retry-After": String(RETRY_AFTER_S), "Cache-Control": "no-store" },
  });
}
