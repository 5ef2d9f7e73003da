import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { tryDecode } from "hono/utils/url";
import type { Clock } from "@/api/admin/gate";
import type { WithRequest } from "@/api/http";
import type { Action } from "@/domain/roles";
import type { Actor } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { namedLicense } from "@/server/published/named-license";
import { type PublishedAddress, publishedAddress } from "./address";

/** The variables of a call after the gate; `license` is the one that it means. */
export type Variables = { principal: Principal; actor: Actor; license: string };
type Published = WithRequest<Variables>;
export type PublishedApp = OpenAPIHono<Published>;
export type PublishedContext = Context<Published>;
export type { Clock };

/** The right for an action on the license that the call means. */
export function onLicenseMeant(action: Action): MiddlewareHandler<Published> {
  return async (c, next) => {
    c.set("license", await namedLicense(c.get("principal"), addressOf(c).license, action));
    await next();
  };
}

export function addressOf(c: Context): PublishedAddress {
  const { pathname } = new URL(c.req.url);
  const address = publishedAddress(pathname);
  if (!address) throw new Error(`${pathname} is not of the published API.`);
  const { license } = address;
  return { ...address, license: license === null ? null : tryDecode(license, decodeURIComponent) };
}
