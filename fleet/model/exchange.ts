import { decodeJwt } from "jose";
import { count } from "@/fleet/record";
import { store } from "@/server/store/store";
import { difference } from "./compare";
import type { Scene } from "./scene";
import type { Reply, Sent } from "./server";
import { type Fields, isLog } from "./terms";

/** Gives a request to the server and to the model, and compares the replies. Null if the server died. */
export async function taken(scene: Scene, sent: Sent): Promise<Reply | null> {
  const { server, model, timeline, record, differences } = scene;
  const now = new Date(timeline.now());
  const outcome = await server.take(sent);
  const body = bodyOf(sent);
  if ("died" in outcome) {
    count(record, "deaths of the server");
    if (isLog(sent.path)) model.upload(body, now, await takenThrough(body));
    else if (outcome.isCommitted) model.take(sent.path, body, now);
    return null;
  }
  const { answer } = outcome;
  count(record, isLog(sent.path) ? "uploads compared" : "replies compared");
  const expected = model.take(sent.path, body, now);
  const reply = answer.headers["content-type"]?.includes("json") ? JSON.parse(answer.body || "{}") : {};
  const found = difference(expected, { status: answer.status, body: opened(reply) });
  if (found) differences.push(`${now.toISOString()} ${sent.method} ${sent.path} ${sent.body}: ${found}`);
  if (answer.status === 200) model.learn({ ...reply, leases: withPlaces(reply.leases, body) });
  return answer;
}

/** The body of a request; that of an upload is its header and its lines. */
function bodyOf({ path, body }: Sent): Fields {
  if (!isLog(path)) return body ? JSON.parse(body) : {};
  const [header, ...lines] = body.trimEnd().split("\n");
  return { header: JSON.parse(header ?? ""), lines: lines.map((line) => JSON.parse(line)) };
}

/** An upload commits in steps: only the store knows how far one came that the server died in. */
async function takenThrough({ header: { log } }: Fields): Promise<number> {
  const row = await store().db.offlineLog.findFirst({ where: { log } });
  return row?.through ?? 0;
}

/** The reply to an upload has a signed part for the deployment. */
function opened(reply: Fields): Fields {
  return typeof reply.reply === "string" ? { ...reply, claims: decodeJwt(reply.reply) } : reply;
}

/** A reply doesn't repeat whose leases it tells. */
function withPlaces(leases: object[] | undefined, { source, run }: { source?: string; run?: string }) {
  return leases?.map((lease) => ({ ...lease, source, run }));
}
