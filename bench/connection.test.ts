import { expect, test } from "vitest";
import { readResponse } from "./connection";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

test("a response of a known length is read once it is complete", () => {
  const text = `${OK}Content-Length: 7\r\n\r\n{"a":1}`;
  expect(readResponse(text)).toMatchObject({ status: 200, body: '{"a":1}' });
  for (let end = 0; end < text.length; end += 1) expect(readResponse(text.slice(0, end))).toBeNull();
});

test("a chunked response is read once it is complete", () => {
  const text = `${OK}Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n`;
  expect(readResponse(text)).toMatchObject({ status: 200, body: '{"a":1}' });
  for (let end = 0; end < text.length; end += 1) expect(readResponse(text.slice(0, end))).toBeNull();
});

test("a response that never has a body ends with its head", () => {
  const text = 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n';
  expect(readResponse(text)).toMatchObject({ status: 304, body: "" });
  for (let end = 0; end < text.length; end += 1) expect(readResponse(text.slice(0, end))).toBeNull();
});
