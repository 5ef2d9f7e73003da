/** A span of a request that waits for its part of a statement that several share. */
export type WaitSpan = object;

/** What a request was, once it is answered: the pattern of its route, never its path. */
export type RequestFacts = { method: string; route: string; status: number };

/** The headers that continue the trace of a caller (https://www.w3.org/TR/trace-context). */
export type TraceHeaders = { traceparent?: string; tracestate?: string };

/** Where spans go; server/traces has the only one. */
export type Tracing = {
  /** Runs a request in a span, which continues the caller's trace if it sent one. */
  request<T>(headers: TraceHeaders, work: () => Promise<T>, facts: () => RequestFacts): Promise<T>;
  /** Runs a statement in a span of the current request; outside of a request it is only run. */
  statement<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Begins the wait of the current request for a shared statement; undefined outside of a request. */
  wait(what: string): WaitSpan | undefined;
  /** Runs a shared statement in the wait of its first request, with links to the others, and ends every wait. */
  shared<T>(waits: readonly (WaitSpan | undefined)[], work: () => Promise<T>): Promise<T>;
  /** The id of the current trace, for the log. */
  traceId(): string | undefined;
};

declare global {
  /** Set while OTEL_EXPORTER_OTLP_ENDPOINT says where spans go. Bundles of the same code share it. */
  var signetTracing: Tracing | undefined;
}

/** Undefined unless traces are on: then nothing is measured, and nothing of the library is loaded. */
export function tracing(): Tracing | undefined {
  return globalThis.signetTracing;
}

/** Runs a statement; its span has its name, never its values. */
export function traced<T>(name: string, work: () => Promise<T>): Promise<T> {
  const on = globalThis.signetTracing;
  return on ? on.statement(name, work) : work();
}

const VERB = /^\s*(?:\/\*.*?\*\/\s*)?(\w+)/;
const TABLE = /\b(?:FROM|INTO|UPDATE)\s+(?:"?\w+"?\.)?"?(\w+)"?/i;

/** A name for a statement that has none: what it does, and its first table. */
export function nameOfStatement(text: string): string {
  const [, verb = "statement"] = VERB.exec(text) ?? [];
  const [, table] = TABLE.exec(text) ?? [];
  return table ? `${verb.toUpperCase()} ${table}` : verb.toUpperCase();
}
