import type { Context } from "hono";
import { tracing } from "@/server/store/tracing";
import { routePattern } from "./route-pattern";

/** Runs a request in a span where traces are on, and returns the id of its trace. */
export async function withTrace(c: Context, work: () => Promise<void>): Promise<string | undefined> {
  const on = tracing();
  if (!on) {
    await work();
    return undefined;
  }
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
