import type { MiddlewareHandler } from "hono";

type Body = { status: number; requestId: string; errors: object[] };

/**
 * Adds to refusals what clients of the published API print: `traceId`, and the status of each error. Responses hold
 * names of people, so nothing keeps them.
 */
export const clientProblems: MiddlewareHandler = async (c, next) => {
  await next();
  const { res } = c;
  if (res.headers.get("Content-Type") !== "application/problem+json")
    return void res.headers.set("Cache-Control", "no-store");
  const problem: Body = await res.json();
  const { status, requestId } = problem;
  const errors = problem.errors.map((error) => ({ ...error, status }));
  const body = JSON.stringify({ ...problem, errors, traceId: requestId });
  c.res = new Response(body, { status, headers: res.headers });
};
