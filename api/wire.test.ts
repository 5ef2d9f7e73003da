import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parseEnv } from "@/server/store/env";
import { openProductApi, type ProductApi } from "./product-api";

vi.stubEnv("LOG_LEVEL", "silent");

/** Short enough to wait for; a server of its own, so that no other test is cut off by them. */
const IMPATIENT = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };

let usual: ProductApi;
let impatient: ProductApi;

beforeAll(async () => {
  const env = parseEnv({ HOST: "127.0.0.1", PROTOCOL_PORT: "0" });
  const how = { clock: () => new Date(), isReady: async () => true };
  usual = await openProductApi(env, how);
  impatient = await openProductApi(env, { ...how, timeouts: IMPATIENT });
});
afterAll(() => Promise.all([usual.close(), impatient.close()]));

/** Opens a connection. `ended` resolves to the statuses of everything that was answered until the server closed it. */
function dial({ port }: ProductApi): { socket: Socket; ended: Promise<number[]> } {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (bytes) => (text += bytes.toString("latin1")));
  socket.on("error", () => {}); // the server may reset a connection that it refuses
  const ended = new Promise<number[]>((done) =>
    socket.on("close", () =>
      done([...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))),
    ),
  );
  return { socket, ended };
}

/** The statuses of all that is answered to these bytes. */
function answers(bytes: string): Promise<number[]> {
  const { socket, ended } = dial(usual);
  socket.end(bytes, "latin1");
  return ended;
}

const HOST = "Host: licenses.example";
/** What a proxy would pass on as a body, and a lenient server would read as a request of somebody else. */
const HIDDEN = `GET /health HTTP/1.1\r\n${HOST}\r\n\r\n`;
const post = (headers: string[], body: string) =>
  ["POST /v1/consumption HTTP/1.1", HOST, ...headers, "", body].join("\r\n");

test("two requests in one connection are answered in turn", async () => {
  expect(await answers(post([`Content-Length: ${HIDDEN.length}`], HIDDEN) + HIDDEN)).toEqual([401, 200]);
});

test.each([
  ["a length and chunks", ["Content-Length: 5", "Transfer-Encoding: chunked"], `0\r\n\r\n${HIDDEN}`],
  ["chunks and a length", ["Transfer-Encoding: chunked", "Content-Length: 5"], `0\r\n\r\n${HIDDEN}`],
  ["two lengths", ["Content-Length: 0", `Content-Length: ${HIDDEN.length}`], HIDDEN],
  ["a list of lengths", [`Content-Length: 0, ${HIDDEN.length}`], HIDDEN],
  ["a signed length", [`Content-Length: +0`], HIDDEN],
  ["a coding that isn't chunked", ["Transfer-Encoding: xchunked"], `0\r\n\r\n${HIDDEN}`],
  ["chunked before another coding", ["Transfer-Encoding: chunked, identity"], `0\r\n\r\n${HIDDEN}`],
  ["a space before the colon", ["Transfer-Encoding : chunked"], `0\r\n\r\n${HIDDEN}`],
  ["a chunk size in another notation", ["Transfer-Encoding: chunked"], `0x0\r\n\r\n${HIDDEN}`],
  ["a chunk that is longer than its size", ["Transfer-Encoding: chunked"], `1\r\n{}\r\n0\r\n\r\n${HIDDEN}`],
  ["a line feed alone in the headers", ["X-A: b\nTransfer-Encoding: chunked"], `0\r\n\r\n${HIDDEN}`],
  ["a carriage return in a value", ["X-A: b\rContent-Length: 0"], HIDDEN],
  ["a folded header", ["X-A: b\r\n Transfer-Encoding: chunked"], `0\r\n\r\n${HIDDEN}`],
])("%s: no second request is read from the message", async (_, headers, body) => {
  const statuses = await answers(post(headers, body));
  expect(statuses.length).toBeGreaterThan(0);
  expect(statuses.filter((status) => ![400, 401].includes(status))).toEqual([]);
});

test.each([
  ["one large header", `X-A: ${"a".repeat(20_000)}`, 431],
  ["many small headers", Array.from({ length: 5000 }, (_, n) => `X-${n}: a`).join("\r\n"), 431],
])("%s is refused", async (_, headers, status) => {
  expect(await answers(post([headers], ""))).toEqual([status]);
});

test("headers and chunk extensions without an end are cut off", async () => {
  for (const [begin, more, status] of [
    [`GET /health HTTP/1.1\r\n${HOST}\r\n`, `X-A: ${"a".repeat(1000)}\r\n`, 431],
    [post(["Transfer-Encoding: chunked"], "1"), `;${"a".repeat(1000)}`, 413],
  ] as const) {
    const { socket, ended } = dial(usual);
    socket.write(begin);
    await flood(socket, more);
    expect((await ended).at(-1)).toBe(status);
  }
});

test("a client that never ends its headers gets 408, and isn't waited for", async () => {
  const { socket, ended } = dial(impatient);
  socket.write(`GET /health HTTP/1.1\r\n${HOST}\r\n`);
  expect(await ended).toEqual([408]);
});

test("a body without an end is cut off, also after its request was refused", async () => {
  const { socket, ended } = dial(impatient);
  socket.write(post(["Transfer-Encoding: chunked"], ""));
  await flood(socket, "4\r\n    \r\n");
  expect((await ended)[0]).toBe(401);
});

/** Sends the same bytes again and again, as fast as they are taken, until the connection is closed. */
async function flood(socket: Socket, bytes: string): Promise<void> {
  while (!socket.closed) {
    const isTaken = socket.writable && socket.write(bytes);
    await new Promise<void>((done) => {
      if (isTaken) return void setImmediate(done);
      socket.once("drain", done);
      socket.once("close", done);
    });
    socket.removeAllListeners("drain");
  }
}
