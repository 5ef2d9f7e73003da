import type { Context } from "hono";
import { readAddress } from "@/api/peer";
import { limitRequests } from "@/api/rate-limit";
import { parseFeatures } from "@/domain/licenses/features";
import type { ParsedKey } from "@/domain/signed-key";
import { isPlainText } from "@/domain/text";
import { parseUserAgent } from "@/domain/user-agent";
import type { Caller } from "@/server/deployments/admission";
import { invalidKey, proveKey, provenKeyOf } from "@/server/keys/signed-keys";

const BEARER = /^bearer +(\S+)$/i;

/**
 * The key of a request, verified by its signature: the first thing that is checked, before the body. Then the request
 * counts against the limit of the key. Only a key that wasn't verified lately takes time.
 */
export function provenKey(c: Context, now: Date): ParsedKey | Promise<ParsedKey> {
  const [, text] = BEARER.exec(c.req.header("Authorization") ?? "") ?? [];
  if (!text) throw invalidKey();
  const known = provenKeyOf(text);
  return known ? counted(c, known, now) : proveKey(text).then((key) => counted(c, key, now));
}

function counted(c: Context, key: ParsedKey, now: Date): ParsedKey {
  limitRequests(c, "calls", key.jti, now);
  return key;
}

/** The caller. The user agent in the body overrides the header; an unreadable one is unknown. */
export function callerOf(
  c: Context,
  key: Caller["key"],
  { source, userAgent }: { source: string | null; userAgent?: unknown },
  now: Date,
): Caller {
  const said = typeof userAgent === "string" ? userAgent : (c.req.header("User-Agent") ?? "");
  const agent = parseUserAgent(said);
  return {
    key,
    source,
    product: agent?.product ?? null,
    version: agent?.version ?? null,
    os: agent?.os ?? null,
    address: readAddress(c) ?? null,
    clockSkew: clockSkew(c.req.header("Date"), now),
    features: parseFeatures(c.req.header("Signet-Features")),
  };
}

/** How far the caller's clock is ahead of ours, in seconds, by its `Date` header (RFC 9110), if it sent one. */
function clockSkew(date: string | undefined, now: Date): number | null {
  const theirs = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(theirs)) return null;
  const most = 2 ** 31 - 1;
  return Math.max(-most, Math.min(most, Math.round((theirs - now.getTime()) / 1000)));
}

export function isSource(value: unknown): value is string {
  return isPlainText(value) && value.trim() !== "";
}
