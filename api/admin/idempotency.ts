import { createHash } from "node:crypto";
import type { Context } from "hono";
import { idempotencyKeyOf } from "@/api/idempotency-key";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import type { Principal } from "@/server/access/gate";
import {
  claimRequest,
  type KeptResponse,
  keepResponse,
  releaseClaim,
  stopClaim,
  withClaim,
} from "@/server/access/idempotent-requests";
import { noteFailure } from "@/server/store/failures";
import { isInDoubt, withEffects } from "@/server/store/statement-result";
import { withoutSecrets } from "./secret-members";
import { isStreamed } from "./streamed";

/** The headers of a response that a repeat gets too. */
const KEPT_HEADERS = ["Content-Type", "Location", "ETag", "Cache-Control"];
const REPLAYED = "Idempotency-Replayed";

/**
 * Runs a POST with an `Idempotency-Key` once, after its right was proven: for a day the same token, key and request
 * get the first response, without secrets. A refused request isn't kept, so a repeat is carried out.
 */
export async function once(c: Context, next: () => Promise<void>): Promise<void> {
  const key = c.req.method === "POST" ? idempotencyKeyOf(c) : null;
  if (key === null) return next();
  const { id }: Principal = c.get("principal");
  const now: Date = c.get("at");
  const request = {
    token: id,
    key,
    fingerprint: await fingerprintOf(c),
    license: parseLicenseNumber(c.req.param("number") ?? ""),
  };
  // What is written about a request isn't a change by it.
  const claimed = await withEffects(() => claimRequest(request, now));
  if ("kept" in claimed) {
    c.res = replayed(claimed.kept);
    return;
  }
  await withClaim(claimed.claim, next);
  const doubt = isInDoubt(c.error);
  await withEffects(() => settle(c, claimed.claim, doubt)).catch((error) =>
    noteFailure(error, { requestId: c.get("requestId") }),
  );
}

/** Of a file that is streamed the length stands for the content. */
async function fingerprintOf(c: Context): Promise<Buffer> {
  const { pathname, search } = new URL(c.req.url);
  const hash = createHash("sha256").update(`${pathname}${search}\n`);
  if (isStreamed(c)) return hash.update(c.req.header("Content-Length") ?? "").digest();
  return hash.update(await c.req.bytes()).digest();
}

async function settle(c: Context, claim: string, isDoubtful: boolean): Promise<void> {
  const { status } = c.res;
  if (status < 400) return keepResponse(claim, await keptOf(c.res));
  if (status >= 500 && isDoubtful) return stopClaim(claim, c.get("at"));
  if (!(await releaseClaim(claim)) && status < 500) await keepResponse(claim, await keptOf(c.res));
}

async function keptOf(response: Response): Promise<KeptResponse> {
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const text = await response.clone().text();
  const isJson = /[/+]json\b/.test(response.headers.get("Content-Type") ?? "");
  const body = isJson && text !== "" ? JSON.stringify(withoutSecrets(JSON.parse(text))) : text;
  return { status: response.status, headers: Object.fromEntries(headers), body: text === "" ? null : body };
}

function replayed({ status, headers, body }: KeptResponse): Response {
  return new Response(body, { status, headers: { ...headers, [REPLAYED]: "true" } });
}
