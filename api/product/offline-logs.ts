import type { Context } from "hono";
import { sendJson } from "@/api/http";
import { readLog } from "@/contract/log-body";
import type { LogKind } from "@/domain/offline/offline-log";
import { admitKey } from "@/server/deployments/key-admission";
import { previewLog, uploadLog } from "@/server/offline/offline-logs";
import { callerOf, provenKey } from "./caller";
import type { ProductApp } from "./types";

/** Logs of deployments without a network, uploaded with the license's key. */
export function offlineLogs(app: ProductApp, clock: () => Date): void {
  app.post("/v1/assignments/log", (c) => upload(c, "assignments", clock()));
  app.post("/v1/consumption/log", (c) => upload(c, "consumption", clock()));
}

async function upload(c: Context, kind: LogKind, now: Date): Promise<Response> {
  const key = await provenKey(c, now);
  const { address } = callerOf(c, key, { source: null }, now);
  await admitKey(key, now);
  const bytes = await readLog(c.req.raw);
  const actor = { kind: "product" as const, id: key.jti, address: address ?? undefined };
  const wanted = { license: key.license, kind, bytes, uploader: { actor, jti: key.jti }, now };
  return sendJson(c, await (c.req.query("dryRun") === "true" ? previewLog : uploadLog)(wanted));
}
