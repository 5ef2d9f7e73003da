import type { Context } from "hono";
import { env } from "@/server/store/env";

const HOST = /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const PROTO = /^https?$/i;
const PREFIX = /^(?:\/[\w.~%-]+)+$/;

/**
 * The origin under which a client reaches this server, with the prefix that a proxy cut off. A trusted proxy says it
 * (`X-Forwarded-Host`, `-Proto`, `-Prefix`: the first entry is what the client asked for); otherwise it is PUBLIC_URL,
 * and without that the host of the request.
 */
export function originOf(c: Context): string {
  const { TRUST_PROXY, PUBLIC_URL, isPublicUrlSet } = env();
  const host = hostOf(c, "Host") ?? new URL(c.req.url).host;
  if (TRUST_PROXY) {
    const forwarded = hostOf(c, "X-Forwarded-Host") ?? host;
    const scheme =
      PROTO.exec(firstOf(c, "X-Forwarded-Proto") ?? "")?.[0].toLowerCase() ?? schemeOf(PUBLIC_URL, forwarded);
    return `${scheme}://${forwarded}${prefixOf(c)}`;
  }
  return isPublicUrlSet ? PUBLIC_URL.replace(/\/+$/, "") : `http://${host}`;
}

/** A proxy that says no scheme is taken at its PUBLIC_URL, if that is the host. */
function schemeOf(publicUrl: string, host: string): string {
  const { host: known, protocol } = new URL(publicUrl);
  return host === known ? protocol.slice(0, -1) : "http";
}

function hostOf(c: Context, header: string): string | undefined {
  const host = firstOf(c, header);
  return host !== undefined && HOST.test(host) ? host : undefined;
}

function prefixOf(c: Context): string {
  const prefix = firstOf(c, "X-Forwarded-Prefix")?.replace(/\/+$/, "") ?? "";
  return PREFIX.test(prefix) ? prefix : "";
}

function firstOf(c: Context, header: string): string | undefined {
  return c.req.header(header)?.split(",")[0]?.trim();
}
