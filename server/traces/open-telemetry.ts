import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Attributes,
  type Context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { setGlobalErrorHandler, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { log } from "@/server/store/log";
import { sqlState } from "@/server/store/store-away";
import type { Tracing } from "@/server/store/tracing";

const SERVER_ERROR = 500;
/** How long the end of the process waits for the last spans. */
const FLUSH_MS = 3000;
const WARN_EVERY_MS = 60_000;

/**
 * Sends spans to OTEL_EXPORTER_OTLP_ENDPOINT, as the other OTEL variables say. Returns a function that sends the last
 * ones and ends it. Nothing is registered globally: other packages in the process make no spans.
 */
export function startTracing(): () => Promise<void> {
  noteFailedExports();
  const named = defaultResource().merge(resourceFromAttributes({ "service.name": "signet" }));
  const provider = new BasicTracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  globalThis.signetTracing = tracingWith(provider.getTracer("signet"));
  return async () => {
    globalThis.signetTracing = undefined;
    const late = new Promise((done) => setTimeout(done, FLUSH_MS).unref());
    await Promise.race([provider.shutdown().catch(() => {}), late]);
  };
}

function tracingWith(tracer: Tracer): Tracing {
  const current = new AsyncLocalStorage<Context | undefined>();
  const propagator = new W3CTraceContextPropagator();

  const within = <T>(span: Span, parent: Context, work: () => Promise<T>): Promise<T> =>
    current.run(trace.setSpan(parent, span), work);

  return {
    async request(headers, work, facts) {
      const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
      const span = tracer.startSpan("request", { kind: SpanKind.SERVER }, parent);
      try {
        return await within(span, parent, work);
      } finally {
        setFacts(span, facts());
        span.end();
      }
    },
    async statement(name, work) {
      const parent = current.getStore();
      if (!parent) return work();
      const span = tracer.startSpan(
        name,
        { kind: SpanKind.CLIENT, attributes: statementAttributes(name) },
        parent,
      );
      return endedWith(span, () => within(span, parent, work));
    },
    wait(what) {
      const parent = current.getStore();
      return parent && tracer.startSpan(`wait for shared ${what}`, {}, parent);
    },
    shared(waits, work) {
      const spans = waits.filter((wait) => wait !== undefined) as Span[]; // made by `wait` above
      const [first] = spans;
      if (!first) return current.run(undefined, work);
      const links = spans.slice(1).map((span) => ({ context: span.spanContext() }));
      const parent = trace.setSpan(ROOT_CONTEXT, first);
      const span = tracer.startSpan(
        "shared statement",
        { links, attributes: { "signet.requests": waits.length } },
        parent,
      );
      for (const other of spans.slice(1)) other.addLink({ context: span.spanContext() });
      return endedWith(span, () => within(span, parent, work)).finally(() => {
        for (const wait of spans) wait.end();
      });
    },
    traceId() {
      const context = current.getStore();
      return context && trace.getSpan(context)?.spanContext().traceId;
    },
  };
}

function setFacts(
  span: Span,
  { method, route, status }: { method: string; route: string; status: number },
): void {
  span.updateName(`${method} ${route}`);
  span.setAttributes({
    "http.request.method": method,
    "http.route": route,
    "http.response.status_code": status,
  });
  if (status >= SERVER_ERROR) failed(span, String(status));
}

function statementAttributes(name: string): Attributes {
  return { "db.system.name": "postgresql", "db.query.summary": name };
}

/** A failure is named by its SQLSTATE or class alone: a message could hold values. */
async function endedWith<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    failed(span, sqlState(error) ?? (error instanceof Error ? error.name : "error"));
    throw error;
  } finally {
    span.end();
  }
}

function failed(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute("error.type", type);
}

function noteFailedExports(): void {
  let warned = Number.NEGATIVE_INFINITY;
  setGlobalErrorHandler((error) => {
    if (performance.now() - warned < WARN_EVERY_MS) return;
    warned = performance.now();
    log().warn({ reason: error instanceof Error ? error.message : String(error) }, "traces can't be sent");
  });
}
