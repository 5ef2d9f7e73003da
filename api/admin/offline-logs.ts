import { createRoute, z } from "@hono/zod-openapi";
import { licenseNumber, line, newName, slice } from "@/contract/fields";
import { readLog } from "@/contract/log-body";
import { LogReply, logBody, OfflineLog, SeatLinked, UploadedLog } from "@/contract/offline-log-schemas";
import { isInstance } from "@/domain/assignments/assignments";
import { nothingHere } from "@/domain/refusals/refusal";
import { linkSeat } from "@/server/assignments/changes/seat-linking";
import { previewLog, uploadLog } from "@/server/offline/offline-logs";
import { closeLog, listLogs, replyTo } from "@/server/offline/uploaded-logs";
import { bodyOf, empty, jsonResponse, LOG_REFUSALS, pageOf, refusals } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";
import { linked } from "./linked";

const tags = ["Offline logs"];
const ofLicense = z.object({ number: licenseNumber });
const one = ofLicense.extend({ log: z.uuid() });
const LogClosing = z
  .strictObject({ reason: line.default("").openapi({ example: "The deployment was restored." }) })
  .openapi("LogClosing");
const SeatLink = z.strictObject({ subject: newName.openapi({ example: "acme\\bob" }) }).openapi("SeatLink");
const dryRun = z.enum(["true", "false"]).optional();

const list = createRoute({
  method: "get",
  path: "/licenses/{number}/logs",
  operationId: "listOfflineLogs",
  tags,
  summary: "List the logs of deployments without a network, last upload first",
  middleware: onLicense("deployments.read"),
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(OfflineLog, "Logs") },
});

/** The body is described separately: as part of the route, application/jsonl would be parsed as JSON. */
const uploadOf = {
  method: "post",
  path: "/licenses/{number}/logs",
  operationId: "uploadOfflineLog",
  tags,
  summary:
    "Upload a log of a deployment without a network, or preview with dryRun; lines already applied are skipped",
  middleware: onLicense("assignments.write"),
  request: { params: ofLicense, query: z.strictObject({ dryRun }) },
  responses: {
    200: jsonResponse(UploadedLog, "The result of each line, and the reply for the deployment"),
    ...refusals(...LOG_REFUSALS),
  },
} as const;
const upload = createRoute({ ...uploadOf, hide: true });

const close = createRoute({
  method: "post",
  path: "/licenses/{number}/logs/{log}/close",
  operationId: "closeOfflineLog",
  tags,
  summary: "Close a log permanently, so that a deployment that started over can upload its new one",
  middleware: onLicense("assignments.write"),
  request: { params: one, body: bodyOf(LogClosing) },
  responses: { 204: empty },
});

const reply = createRoute({
  method: "get",
  path: "/licenses/{number}/logs/{log}/reply",
  operationId: "getOfflineLogReply",
  tags,
  summary: "Sign the current reply to a log",
  middleware: onLicense("deployments.read"),
  request: { params: one },
  responses: { 200: jsonResponse(LogReply, "The reply file for the deployment") },
});

const link = createRoute({
  method: "post",
  path: "/licenses/{number}/assignments/{instance}/link",
  operationId: "linkHashedSeat",
  tags,
  summary: "Link a seat that is known only by a hash to a subject",
  middleware: onLicense("assignments.write"),
  request: {
    params: ofLicense.extend({ instance: z.string() }),
    body: bodyOf(SeatLink),
  },
  responses: {
    200: jsonResponse(SeatLinked, "The seat, under its subject"),
    ...refusals("ALREADY_LINKED", "CHANGED_MEANWHILE", "INVALID_SUBJECT"),
  },
});

export function offlineLogs(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    return c.json(linked(c, await listLogs(c.req.valid("param").number, c.req.valid("query"))), 200);
  });
  const described = createRoute({ ...uploadOf, request: { ...uploadOf.request, body: logBody } });
  app.openAPIRegistry.registerPath(described);
  app.openapi(upload, async (c) => {
    const { number: license } = c.req.valid("param");
    const bytes = await readLog(c.req.raw);
    const uploader = { actor: c.get("actor"), jti: null };
    const wanted = { license, kind: null, bytes, uploader, now: clock() };
    const isDry = c.req.valid("query").dryRun === "true";
    return c.json(await (isDry ? previewLog : uploadLog)(wanted), 200);
  });
  app.openapi(close, async (c) => {
    const { number, log } = c.req.valid("param");
    await closeLog(number, log, c.req.valid("json").reason, c.get("actor"), clock());
    return c.body(null, 204);
  });
  app.openapi(reply, async (c) => {
    const { number, log } = c.req.valid("param");
    return c.json({ reply: await replyTo(number, log, clock()) }, 200);
  });
  app.openapi(link, async (c) => {
    const { number, instance } = c.req.valid("param");
    if (!isInstance(instance)) throw nothingHere();
    const { subject } = c.req.valid("json");
    const linked = await linkSeat(number, { instance, subject }, c.get("actor"), clock());
    return c.json({ instance, ...linked }, 200);
  });
}
