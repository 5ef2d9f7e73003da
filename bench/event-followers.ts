import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { atEnd } from "./cleanup";

/** What somebody who follows events has got: how many, and how long after each happened (milliseconds). */
export type Followed = { count: number; lagsMs: number[] };

/** Reads the stream of events from now on, until the run ends. */
export async function followStream(console: number, token: string): Promise<Followed> {
  const followed: Followed = { count: 0, lagsMs: [] };
  const ending = new AbortController();
  atEnd(async () => ending.abort());
  const response = await fetch(`http://127.0.0.1:${console}/api/v1/admin/events?after=now&limit=1000`, {
    headers: { Accept: "text/event-stream", Authorization: `Bearer ${token}` },
    signal: ending.signal,
  });
  if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}.`);
  const { body } = response;
  void (async () => {
    let text = "";
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) note(followed, block);
    }
  })().catch(() => {});
  return followed;
}

/** A receiver of webhooks that counts each event once. */
export async function receiveWebhooks(): Promise<Followed & { url: string }> {
  const followed: Followed = { count: 0, lagsMs: [] };
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const id = String(request.headers["webhook-id"]);
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => {
      response.writeHead(204).end();
      if (!seen.has(id)) note(followed, text);
      seen.add(id);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  atEnd(async () => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(followed, { url: `http://127.0.0.1:${port}/` });
}

const SEAT = /"type":"io\.signet\.license\.assignment\.(?:updated|deleted)","time":"([^"]+)"/;

/** Counts an event of a seat. */
function note(followed: Followed, text: string): void {
  const [, time] = SEAT.exec(text) ?? [];
  if (time === undefined) return;
  followed.count += 1;
  followed.lagsMs.push(Date.now() - Date.parse(time));
}

/** The lag that 99 of 100 events don't exceed. */
export function p99Of({ lagsMs }: Followed): number {
  const sorted = lagsMs.toSorted((a, b) => a - b);
  return sorted[Math.floor(0.99 * (sorted.length - 1))] ?? Number.NaN;
}
