import type { Context } from "hono";
import type { Tracing } from "@/server/store/tracing";
import { routePattern } from "./route-pattern";

/** Runs a request in a span, and returns the id of its trace. */
export async function withTrace(
  on: Tracing,
  c: Context,
  work: () => Promise<unknown>,
): Promise<string | undefined> {
  let traceId: string | undefined;
  const named = () => {
    traceId = on.traceId();
    return work();
  };
  const [traceparent, tracestate] = [c.req.header("traceparent"), c.req.header("tracestate")];
  await on.request({ traceparent, tracestate }, named, () => factsOf(c));
  return traceId;
}

function factsOf(c: Context) {
  return { method: c.req.method, route: routePattern(c), status: c.res.status };
}
