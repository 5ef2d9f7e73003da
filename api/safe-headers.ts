import type { ServerResponse } from "node:http";

/** A year. Browsers then never ask this host, or a host below it, without TLS. */
const TLS_ONLY = "max-age=31536000; includeSubDomains";
/** What is no page shows nothing in a browser and runs nothing; pages replace this by their own policy (proxy.ts). */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Sets the headers that every response has on both ports, also a refusal and a file of the build. */
export function setSafeHeaders(response: ServerResponse, isSecure: boolean): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Security-Policy", NOTHING);
  if (isSecure) response.setHeader("Strict-Transport-Security", TLS_ONLY);
}
