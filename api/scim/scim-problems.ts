import type { MiddlewareHandler } from "hono";
import { SCIM_TYPES } from "@/domain/scim/scim-refusal";

const ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";
export const SCIM_MEDIA = "application/scim+json";

type Problem = { status: number; detail: string; errors: { code: string }[] };

/** What a request can't mean is 400 in SCIM; what has no status of its own there keeps that of the API. */
const UNREADABLE = 422;

export function statusInScim(status: number): number {
  return status === UNREADABLE ? 400 : status;
}

/** Writes refusals in SCIM's form (RFC 7644, 3.12). Responses hold names of people, so nothing keeps them. */
export const scimProblems: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set("Cache-Control", "no-store");
  if (c.res.headers.get("Content-Type") !== "application/problem+json") return;
  const problem: Problem = await c.res.json();
  const status = statusInScim(problem.status);
  const { headers } = c.res;
  headers.set("Content-Type", SCIM_MEDIA);
  c.res = new Response(JSON.stringify(errorOf(problem, status)), { status, headers });
};

function errorOf({ detail, errors }: Problem, status: number) {
  const scimType = SCIM_TYPES.find((type) => errors.some(({ code }) => code === type));
  return { schemas: [ERROR_SCHEMA], status: String(status), ...(scimType ? { scimType } : {}), detail };
}
