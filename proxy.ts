import { type NextRequest, NextResponse } from "next/server";
import { requestIdFrom } from "@/contract/request-id";
import { parseLicenseNumber } from "@/domain/licenses/license-number";

const NUMBER_IN_PATH = /^\/licenses\/([^/]+)/;
const inDevelopment = process.env.NODE_ENV === "development";

/** Gives each page its request id, its policy and its own nonce. It is no gate: that stands in server/identity/session.ts. */
export function proxy(request: NextRequest): NextResponse {
  const tidy = tidyPath(request.nextUrl.pathname);
  if (tidy) return NextResponse.redirect(new URL(tidy + request.nextUrl.search, request.url), 308);
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy); // Next takes its nonce from here
  headers.set("x-nonce", nonce);
  headers.set("x-request-id", requestId);
  headers.set("x-signet-path", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  // Not no-referrer: with it a form that is sent without JavaScript has the origin null, which Next refuses.
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
  return response;
}

/**
 * Every page, also a prefetched one and those about the API; not the HTTP API, not the files of the build, and not what
 * is sent to be imported or uploaded: of that Next would keep 10 MB and cut the rest off.
 */
export const config = {
  matcher: [
    "/((?!api/(?!docs(?:/|$))|v1/|scim/|\\.well-known/|health$|ready$|metrics$|_next/static/|icon\\.svg|licenses/(?:import/(?:plan|start)|\\d+/assignments/import/plan|\\d+/deployments/offline/upload/log)$).*)",
  ],
};

/** Where a license number that is written with spaces stands without them; null when there is nothing to tidy. */
function tidyPath(path: string): string | null {
  const written = NUMBER_IN_PATH.exec(path)?.[1];
  const number = written && parseLicenseNumber(decoded(written));
  return number && number !== written ? path.replace(written, number) : null;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Mantine writes style attributes on the server, hence style-src-attr. Next's overlay needs more in development. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${inDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${inDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
