import { problemResponse } from "@/contract/problem";
import { requestIdFrom } from "@/contract/request-id";
import { auth } from "@/server/identity/auth";
import { PROVIDER } from "@/server/identity/identity-provider";

const BASE = "/api/auth";

/**
 * The endpoints of Better Auth that are open over HTTP. Everything else about people goes through our own gate and
 * audit.
 */
const OPEN: Record<string, string> = {
  [`/callback/${PROVIDER}`]: "GET",
  "/get-session": "GET",
  "/sign-in/email": "POST",
  "/sign-out": "POST",
  "/two-factor/verify-backup-code": "POST",
  "/two-factor/verify-totp": "POST",
};

export {
  result as DELETE,
  result as GET,
  result as HEAD,
  result as OPTIONS,
  result as PATCH,
  result as POST,
  result as PUT,
};

async function result(request: Request): Promise<Response> {
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  const method = OPEN[new URL(request.url).pathname.slice(BASE.length)];
  if (!method)
    return problemResponse({ code: "NOT_FOUND", detail: "There is nothing at this address." }, requestId);
  if (request.method !== method)
    return problemResponse(
      { code: "METHOD_NOT_ALLOWED", detail: `Only ${method} can be used here.`, allow: [method] },
      requestId,
    );
  if (await isReadable(request.clone())) return auth().handler(request);
  return problemResponse({ code: "INVALID_BODY", detail: "The body isn't JSON in UTF-8." }, requestId);
}

/** Better Auth would respond with 500 to an unreadable body. */
async function isReadable(request: Request): Promise<boolean> {
  if (!request.headers.get("content-type")?.includes("json")) return true;
  return request.json().then(
    () => true,
    () => false,
  );
}
