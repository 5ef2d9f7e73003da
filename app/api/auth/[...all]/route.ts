import { auth } from "@/server/auth";
import { PROVIDER } from "@/server/identity-provider";

const BASE = "/api/auth";

/** What Better Auth answers over HTTP. Everything else about people goes through our own gate and audit. */
const OPEN = [
  `/callback/${PROVIDER}`,
  "/get-session",
  "/sign-in/email",
  "/sign-out",
  "/two-factor/verify-backup-code",
  "/two-factor/verify-totp",
];

export { answer as GET, answer as POST };

async function answer(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.slice(BASE.length);
  return OPEN.includes(path) ? auth().handler(request) : new Response(null, { status: 404 });
}
