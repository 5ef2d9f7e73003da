import { randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { LOG_KINDS } from "@/domain/offline/offline-log";
import { fieldError, fieldErrorsSentence, fieldPredicate } from "@/domain/refusals/field-sentences";
import { badByteText, readUtf8 } from "@/domain/utf8";
import { AgentRefusal } from "./agent-refusal";
import { parsedJson } from "./json";
import { type Guard, guard, problem } from "./local-guard";
import { metricsText } from "./metrics";
import { panelPage } from "./panel";
import type { OfflineActions, Service } from "./service";
import { statusOf } from "./status";

/** A backend's reply to a log can have many lines. */
const MAX_REPLY_BYTES = 8 * 1024 * 1024;
const MAX_SLD_BYTES = 1024 * 1024;
const MAX_BODY_BYTES = 64 * 1024;
const MAX_MINUTES = 31 * 24 * 60;

const name = z.string().max(400);
const license = z.union([z.object({ key: z.string() }), z.object({ sld: z.string() })]);
const replyFile = z.object({ reply: z.string() });
const logKind = z.enum(LOG_KINDS);
const subject = z.object({ subject: z.unknown() });
const seat = z.object({ subject: name, allotment: name });
const time = z.object({
  minutes: z.number().min(0).max(MAX_MINUTES),
  subject: name.nullish(),
  session: name.nullish(),
  app: name.nullish(),
  allotment: name.nullish(),
});

/** The local API that the product beside the agent calls, and the control panel. */
export function localApi(service: Service, how: Guard): Hono {
  const app = new Hono();
  app.use(guard(how));
  app.onError((error, c) => problem(c, problemOf(error)));
  app.notFound((c) => problem(c, NOWHERE));
  product(app, service);
  licensing(app, service);
  carrying(app, service);
  watching(app, service);
  return app;
}

function product(app: Hono, service: Service): void {
  app.post("/v1/access", async (c) => {
    const { subject: who } = await bodyOf(c, subject);
    return c.json(await service.access(who));
  });
  app.post("/v1/time", async (c) => {
    const { minutes, ...told } = await bodyOf(c, time);
    const named = Object.fromEntries(Object.entries(told).filter(([, text]) => typeof text === "string"));
    return c.json(await service.time({ minutes, ...named }));
  });
  app.get("/v1/assignments", (c) => c.json({ assignments: service.assignments() }));
  app.post("/v1/assignments", async (c) => {
    const { subject: who, allotment } = await bodyOf(c, seat);
    return c.json(await service.assign(who, allotment));
  });
  app.delete("/v1/assignments", async (c) => {
    const { subject: who, allotment } = await bodyOf(c, seat);
    await service.release(who, allotment);
    return c.body(null, 204);
  });
}

function licensing(app: Hono, service: Service): void {
  const status = () => statusHere(service);
  app.get("/v1/license", (c) => c.json(status()));
  app.put("/v1/license", async (c) => {
    const entered = await bodyOf(c, license, MAX_SLD_BYTES);
    await ("key" in entered ? service.enterKey(entered.key) : offlineOf(service).enterSld(entered.sld));
    const stands = status();
    return c.json(stands, stands.asking ? 202 : 200);
  });
  app.delete("/v1/license", async (c) => {
    await service.removeKey();
    return c.json(status());
  });
  app.post("/v1/sync", async (c) => {
    await service.sync();
    return c.json(status());
  });
}

/** The files that a deployment without a network takes and gives. */
function carrying(app: Hono, service: Service): void {
  app.post("/v1/reply", async (c) => {
    await offlineOf(service).enterReply((await bodyOf(c, replyFile, MAX_REPLY_BYTES)).reply);
    return c.json(statusHere(service));
  });
  app.get("/v1/logs/:kind", (c) => {
    const { data: kind } = logKind.safeParse(c.req.param("kind"));
    if (!kind) return problem(c, NOWHERE);
    c.header("Content-Type", "application/jsonl; charset=utf-8");
    c.header("Content-Disposition", `attachment; filename="${kind}.jsonl"`);
    return c.body([...offlineOf(service).log(kind)].map((line) => `${line}\n`).join(""));
  });
}

function statusHere(service: Service) {
  return statusOf(service.state(), service.now(), service.nextTryIn(), service.offline?.warnings());
}

function offlineOf({ offline }: Service): OfflineActions {
  if (offline) return offline;
  throw new AgentRefusal(
    409,
    "SITE_IS_ONLINE",
    "This agent uses a backend, so it takes a license key, not files. For a deployment without a network, start it with --offline.",
  );
}

function watching(app: Hono, service: Service): void {
  const status = () => statusHere(service);
  app.get("/health", (c) => {
    const { state, refusal, lease, warnings, error } = status();
    return c.json({ status: "ok", license: state, refusal, lease, warnings, error });
  });
  app.get("/ready", (c) => {
    const { state, refusal } = status();
    return refusal ? c.json({ status: state, ...refusal }, 503) : c.json({ status: state });
  });
  app.get("/metrics", (c) => {
    c.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return c.body(metricsText(service.state(), service.now()));
  });
  app.get("/", async (c) => {
    const nonce = randomBytes(16).toString("base64");
    c.header("Content-Security-Policy", policyOf(nonce));
    c.header("Referrer-Policy", "no-referrer");
    return c.html(await panelPage(nonce));
  });
}

function policyOf(nonce: string): string {
  const own = `'nonce-${nonce}'`;
  return `default-src 'none'; script-src ${own}; style-src ${own}; connect-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;
}

async function bodyOf<Shape extends z.ZodType>(
  c: Context,
  shape: Shape,
  most = MAX_BODY_BYTES,
): Promise<z.infer<Shape>> {
  const read = shape.safeParse(parsedJson(await textOf(c, most)), { error: fieldPredicate });
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ code, path, message }) => fieldError(code, path, message));
  throw new AgentRefusal(422, "INVALID_BODY", fieldErrorsSentence(faults));
}

/** A body as text, with no byte replaced: otherwise two users whose names break alike would become one. */
async function textOf(c: Context, most: number): Promise<string> {
  const text = readUtf8(await bytesOf(c, most));
  if (typeof text === "string") return text;
  throw new AgentRefusal(422, "INVALID_BODY", `${badByteText(text)} Send the body in UTF-8.`);
}

/** A body, read no further than its maximum length. A body with a known length is read the short way. */
async function bytesOf(c: Context, most: number): Promise<Uint8Array> {
  const length = c.req.header("Content-Length");
  if (length === undefined) return limitedBytes(c.req.raw.body, most);
  if (Number(length) > most) throw tooLarge(most);
  return c.req.bytes();
}

async function limitedBytes(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(most: number): AgentRefusal {
  return new AgentRefusal(413, "BODY_TOO_LARGE", `A body can have at most ${most / 1024} KiB.`);
}

function problemOf(error: Error): Parameters<typeof problem>[1] {
  if (error instanceof AgentRefusal) return { status: error.status, code: error.code, detail: error.message };
  return {
    status: 503,
    code: "STORE_UNAVAILABLE",
    detail: `The agent couldn't save this, so nothing was changed: ${error.message}`,
  };
}

const NOWHERE = { status: 404, code: "NOT_FOUND", detail: "There is nothing at this address." } as const;
