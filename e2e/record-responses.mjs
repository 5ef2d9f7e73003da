// Loaded into the servers of a run (e2e/server.ts): writes down what the API responds, for e2e/described.ts.
import { appendFileSync } from "node:fs";
import { ServerResponse } from "node:http";
import { join } from "node:path";

/** Paths of the API, under any prefix; sign-in has a contract of its own, and the documentation is a page. */
const API =
  /\/(v1|scim|api(?!\/(auth|docs)\b)|resources|qrs|\.well-known)\/|^\/(health|ready|metrics)(\?|$)/i;
const file = join(process.env.E2E_RESPONSES ?? "", `${process.pid}.jsonl`);
const bodies = new WeakMap();
const { write, end } = ServerResponse.prototype;

ServerResponse.prototype.write = function (chunk, encoding, ...rest) {
  keep(this, chunk, encoding);
  return write.call(this, chunk, encoding, ...rest);
};

ServerResponse.prototype.end = function (chunk, encoding, ...rest) {
  if (chunk !== null && typeof chunk !== "function") keep(this, chunk, encoding);
  if (API.test(this.req.url)) this.once("finish", () => record(this));
  return end.call(this, chunk, encoding, ...rest);
};

function keep(response, chunk, encoding) {
  if (chunk === undefined || !API.test(response.req.url)) return;
  const chunks = bodies.get(response) ?? [];
  bodies.set(response, chunks);
  const bytes =
    typeof chunk === "string"
      ? Buffer.from(chunk, typeof encoding === "string" ? encoding : "utf8")
      : Buffer.from(chunk);
  chunks.push(bytes);
}

function record(response) {
  const { method, url, socket } = response.req;
  const isOfProducts = socket.localPort === Number(process.env.PROTOCOL_PORT);
  const body = Buffer.concat(bodies.get(response) ?? []).toString("base64");
  const seen = { method, url, isOfProducts, status: response.statusCode, headers: headersOf(response), body };
  appendFileSync(file, `${JSON.stringify(seen)}\n`);
}

/** The header as it was sent: one that is written at once isn't among `getHeaders()`. */
function headersOf({ _header: text }) {
  const lines = text.split("\r\n").slice(1).filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const [name, ...value] = line.split(": ");
      return [name.toLowerCase(), value.join(": ")];
    }),
  );
}
