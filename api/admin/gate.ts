import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import type { WithRequest } from "@/api/http";
import { readAddress } from "@/api/peer";
import { limitToken } from "@/api/rate-limit";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { Action } from "@/domain/roles";
import { isUuid } from "@/domain/uuid";
import type { Actor } from "@/server/access/actor";
import { actorOf, allow, allowOnCustomer, allowOnLicense, type Principal } from "@/server/access/gate";
import { licenseOfCheckout } from "@/server/checkouts/checkouts";
import { principalOfToken } from "@/server/identity/tokens";
import { licenseOfKey } from "@/server/keys/license-keys";
import { withReads } from "@/server/store/read-scope";
import { withEffects } from "@/server/store/statement-result";
import { once } from "./idempotency";

/** The variables of a management request after the gate. */
export type Managed = WithRequest<{ principal: Principal; actor: Actor; at: Date }>;
export type AdminApp = OpenAPIHono<Managed>;
export type Clock = () => Date;

const BEARER = /^bearer +(\S+) *$/i;

/**
 * The principal of the bearer token, whose limit the request counts against. Throws `INVALID_TOKEN` with the same
 * response for every invalid token.
 */
export async function principalOfRequest(c: Context, now: Date): Promise<Principal> {
  const [, text] = BEARER.exec(c.req.header("Authorization") ?? "") ?? [];
  const principal = text ? await principalOfToken(text, now) : null;
  if (!principal)
    throw new Refusal(
      "INVALID_TOKEN",
      "The API token is missing, unknown, expired or revoked. Send `Authorization: Bearer sgn_…`.",
    );
  limitToken(c, principal.id, now);
  return principal;
}

/** Runs before every management route, and before the body is read. */
export function gate(clock: Clock): MiddlewareHandler<Managed> {
  return async (c, next) => {
    const now = clock();
    const principal = await principalOfRequest(c, now);
    c.set("at", now);
    c.set("principal", principal);
    c.set("actor", actorOf(principal, { address: readAddress(c), requestId: c.get("requestId") }));
    const handle = () => withEffects(next); // The gate's record of a token's use doesn't count as a change by the request.
    await (c.req.method === "GET" ? withReads(false, handle) : handle());
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  };
}

/** The right for actions that concern no single license: lists, and the installation itself. */
export function allowed(action: Action): MiddlewareHandler<Managed> {
  return async (c, next) => {
    allow(c.get("principal"), action);
    await once(c, next);
  };
}

/** The right for an action on the license in the path. */
export function onLicense(action: Action): MiddlewareHandler<Managed> {
  return async (c, next) => {
    const number = parseLicenseNumber(c.req.param("number") ?? "");
    if (!number) throw nothingHere();
    await allowOnLicense(c.get("principal"), action, number);
    await once(c, next);
  };
}

/** The right for an action on the license of the key in the path. */
export function onKey(action: Action): MiddlewareHandler<Managed> {
  return async (c, next) => {
    await allowOnLicense(c.get("principal"), action, await licenseOfKey(uuidIn(c, "jti")));
    await once(c, next);
  };
}

/** The right for an action on the license of the checkout in the path. */
export function onCheckout(action: Action): MiddlewareHandler<Managed> {
  return async (c, next) => {
    await allowOnLicense(c.get("principal"), action, await licenseOfCheckout(uuidIn(c, "id")));
    await once(c, next);
  };
}

/** The right for an action on the customer in the path. */
export function onCustomer(action: Action): MiddlewareHandler<Managed> {
  return async (c, next) => {
    await allowOnCustomer(c.get("principal"), action, uuidIn(c, "id"));
    await once(c, next);
  };
}

function uuidIn(c: Context, name: string): string {
  const id = c.req.param(name) ?? "";
  if (!isUuid(id)) throw nothingHere();
  return id.toLowerCase();
}
