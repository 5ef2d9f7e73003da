import { answering, openReceiver } from "@/scripts/receiver";
import { expect, test } from "./fixtures";
import { licenseOn } from "./own-server";
import { reportSessions, SESSION } from "./published";
import { startServer } from "./server";

type Span = { name: string; kind: number; traceId: string; spanId: string; parentSpanId?: string };
type Traces = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };

const CLIENT = 3;

/** The names of a span and of those above it. */
function pathOf(all: Span[], { name, traceId, parentSpanId }: Span): string[] {
  const parent = all.find((span) => span.traceId === traceId && span.spanId === parentSpanId);
  return parent ? [name, ...pathOf(all, parent)] : [name];
}

test("the server sends the trace of a report down to its statement, without keys, licenses and users", async ({
  empty,
}) => {
  test.setTimeout(300_000);
  const collector = await openReceiver(answering(200, "{}"));
  const OTEL_EXPORTER_OTLP_ENDPOINT = new URL(collector.url).origin;
  const own = await startServer({ ...empty.settings, OTEL_EXPORTER_OTLP_ENDPOINT });
  const { site, number, customer } = await licenseOn(own);
  await reportSessions(site, 1);
  expect(await own.stop(), "the end sends what is left").toBe(0);
  await collector.stop();

  const paths = new Set(collector.received.map(({ path }) => path));
  expect(paths).toEqual(new Set(["/v1/traces"]));
  const text = collector.received.map(({ body }) => body).join("\n");
  const all = collector.received.flatMap(({ body }) =>
    (JSON.parse(body) as Traces).resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans),
    ),
  );
  const statements = all.filter(({ kind }) => kind === CLIENT).map((span) => pathOf(all, span));
  expect(statements).toContainEqual([
    ...["consumption_book", "shared statement", "wait for shared reports", "POST /v1/consumption"],
  ]);
  for (const secret of [site.key, own.token, number, customer, SESSION.subject, SESSION.app])
    expect(text).not.toContain(secret);
});
