import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import type { Clock } from "@/api/admin/gate";
import type { WithRequest } from "@/api/http";
import { loggedPath } from "@/domain/logged-path";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { scimRefusal, scimTypeOf } from "@/domain/scim/scim-refusal";
import { isUuid } from "@/domain/uuid";
import type { Actor } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { type Connection, findConnection } from "@/server/scim/connection";
import { noteRequest } from "@/server/scim/requests";
import type { ScimActing } from "@/server/scim/scim-acting";
import { noteFailure } from "@/server/store/failures";
import { statusInScim } from "./scim-problems";

/** The variables of a call after the gate. */
export type ScimVariables = { principal: Principal; actor: Actor; at: Date; connection: Connection };
type Called = WithRequest<ScimVariables>;
export type ScimAppOf = OpenAPIHono<Called>;
export type ScimContext = Context<Called>;

/** The token must be that of a connection. Each request of it is noted, also a refused one. */
export const connected: MiddlewareHandler<Called> = async (c, next) => {
  const principal = c.get("principal");
  const connection = principal.role === "license-admin" ? await findConnection(principal) : null;
  if (!connection)
    throw new Refusal(
      "FORBIDDEN",
      "This token isn't that of a directory connection. Create one in the console under Directories.",
    );
  c.set("connection", connection);
  await next();
  await note(c).catch((error) => noteFailure(error, { requestId: c.get("requestId") }));
};

/** Notes the request for people who set a connection up. A request doesn't depend on it. */
async function note(c: ScimContext): Promise<void> {
  const { method } = c.req;
  const status = statusInScim(c.res.status);
  const path = loggedPath(c.req.path);
  await noteRequest(c.get("connection").id, { at: c.get("at"), method, path, status, code: codeOf(c) });
}

/** The connection that acts in this request. */
export function actingIn(c: ScimContext, clock: Clock): ScimActing {
  return { connection: c.get("connection"), actor: c.get("actor"), now: clock() };
}

/** The id in the path. */
export function idIn(c: ScimContext): string {
  const id = c.req.param("id") ?? "";
  if (!isUuid(id)) throw nothingHere();
  return id.toLowerCase();
}

export function objectIn(body: unknown): object {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  throw scimRefusal("invalidSyntax", "The body must be a JSON object.");
}

function codeOf({ error }: ScimContext): string | null {
  return error instanceof Refusal ? (scimTypeOf(error) ?? error.code) : null;
}
