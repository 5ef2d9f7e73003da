import { randomUUID } from "node:crypto";
import { type Acknowledged, nothingYet } from "@/crash-test/acknowledged";
import { workOfProduct } from "@/crash-test/product-work";
import type { ApiResponse } from "@/e2e/product";
import { seeded } from "@/server/sample/random";
import type { Stand } from "./stand";

/** Whether a response says that the request took effect, that it didn't, or neither. */
type Fate = "acknowledged" | "refused" | "unknown";
/** A request that a product sent, maybe again, and when it had the response. */
export type Attempt = { product: number; at: number; fate: Fate };

/** Products that activate, report, and add and release seats, through the balancer. */
export type Load = {
  held: Acknowledged;
  attempts: Attempt[];
  /** Resolves when no request is open. */
  stop(): Promise<void>;
};

const PRODUCTS = 8;

export function startLoad({ license, signet }: Stand): Load {
  const held = nothingYet();
  const attempts: Attempt[] = [];
  let isOver = false;
  const site = { door: signet.door, key: license.key };
  const all = Array.from({ length: PRODUCTS }, (_, product) =>
    workOfProduct(site, randomUUID(), {
      ...{ license: license.number, held, random: seeded(product + 1) },
      isOver: () => isOver,
      attempted: (response) => attempts.push({ product, at: performance.now(), fate: fateOf(response) }),
    }),
  );
  const done = Promise.allSettled(all);
  return {
    held,
    attempts,
    async stop() {
      isOver = true;
      for (const result of await done)
        if (result.status === "rejected") held.faults.push(String(result.reason));
    },
  };
}

/** A balancer's own 503 says that it has no server, so that nothing was sent; its 502 and 504 come after it sent. */
function fateOf(response: ApiResponse<unknown> | null): Fate {
  if (response?.status === 200) return "acknowledged";
  return response?.status === 503 && response.body.code !== "OUTCOME_UNKNOWN" ? "refused" : "unknown";
}
