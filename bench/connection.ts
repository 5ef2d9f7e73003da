import { once } from "node:events";
import { connect } from "node:net";
import type { BenchLicense, Exchange } from "./scenarios";

/** `head` is the status line and the headers. */
export type RawResponse = { status: number; head: string; body: string };

/** One keep-alive connection with one request under way at a time. */
export type Connection = {
  send(request: string): Promise<RawResponse>;
  isOpen(): boolean;
  close(): void;
};

const WITHOUT_BODY = [204, 304];
const AGENT = "Licenses/1.6.4 (windows) QSEfW";

/** A request as a product sends it. */
export function requestText(
  { key }: Pick<BenchLicense, "key">,
  { method = "POST", path, body, headers = "" }: Omit<Exchange, "accept">,
): string {
  const text = method === "GET" ? "" : JSON.stringify(body);
  return `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\nUser-Agent: ${AGENT}\r\nContent-Type: application/json\r\n${headers}Content-Length: ${text.length}\r\n\r\n${text}`;
}

/** A plain HTTP/1.1 client of a few lines: a full one costs more than the servers under measurement. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  let received = "";
  let waiting: PromiseWithResolver<RawResponse> | null = null;
  const fail = (error: Error) => waiting?.reject(error);
  socket.setEncoding("latin1");
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("The server closed the connection.")));
  socket.on("data", (text) => {
    received += text;
    const response = readResponse(received);
    if (!response) return;
    received = "";
    waiting?.resolve(response);
  });
  const send = (request: string) =>
    new Promise<RawResponse>((resolve, reject) => {
      waiting = { resolve, reject };
      socket.write(request);
    });
  return { send, isOpen: () => socket.writable && socket.readable, close: () => socket.destroy() };
}

type PromiseWithResolver<T> = { resolve(value: T): void; reject(error: Error): void };

/** The complete response, or null while a part of it is missing. */
export function readResponse(text: string): RawResponse | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = text.slice(0, end);
  const status = Number(head.slice(9, 12));
  if (WITHOUT_BODY.includes(status)) return { status, head, body: "" };
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  const body = length === undefined ? readChunks(text, end + 4) : text.slice(end + 4);
  return body === null || (length !== undefined && body.length < Number(length))
    ? null
    : { status, head, body };
}

/** A chunked body (RFC 9112, 7.1). */
function readChunks(text: string, begin: number): string | null {
  let body = "";
  for (let at = begin; ; ) {
    const line = text.indexOf("\r\n", at);
    if (line < 0) return null;
    const size = Number.parseInt(text.slice(at, line), 16);
    if (size === 0) return text.endsWith("\r\n\r\n") ? body : null;
    body += text.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
    if (at > text.length) return null;
  }
}
