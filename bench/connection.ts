import { once } from "node:events";
import { connect } from "node:net";

export type RawResponse = { status: number; body: string };

/** One keep-alive connection with one request under way at a time. */
export type Connection = { send(request: string): Promise<RawResponse>; close(): void };

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
  return { send, close: () => socket.destroy() };
}

type PromiseWithResolver<T> = { resolve(value: T): void; reject(error: Error): void };

/** The complete response, or null while a part of it is missing. */
export function readResponse(text: string): RawResponse | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = text.slice(0, end);
  const status = Number(head.slice(9, 12));
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  const body = length === undefined ? readChunks(text, end + 4) : text.slice(end + 4);
  return body === null || (length !== undefined && body.length < Number(length)) ? null : { status, body };
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
