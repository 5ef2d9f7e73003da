import { createServer } from "node:net";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { answering, openReceiver, type Receiver } from "@/scripts/receiver";
import { forgetProcessState } from "@/server/store/per-process";
import { send } from "./sending";

vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1");
afterAll(() => {
  vi.unstubAllEnvs();
  forgetProcessState();
});

let receiver: Receiver;
beforeEach(async () => {
  receiver = await openReceiver();
});
afterEach(() => receiver.stop());

const sent = (limitMs?: number) =>
  send({ url: receiver.url, headers: { "x-a": "b" }, body: "{}" }, { limitMs });

test("the answer is its status, its type and its text", async () => {
  receiver.answer(answering(500, "broken"));
  expect(await sent()).toMatchObject({
    result: { status: 500 },
    response: { contentType: "text/plain", body: "broken", isCut: false },
  });
  expect(receiver.received).toMatchObject([{ body: "{}", path: "/hooks", headers: { "x-a": "b" } }]);
});

test("an answer without a type and a body is empty", async () => {
  receiver.answer((response) => void response.writeHead(204).end());
  expect(await sent()).toMatchObject({
    result: { status: 204 },
    response: { contentType: "", body: "", isCut: false },
  });
});

test.each([
  [65_536, false],
  [65_537, true],
  [50_000_000, true],
])("of an answer of %i bytes no more than 64 KiB are read", async (size, isCut) => {
  receiver.answer(answering(200, "x".repeat(size)));
  const { result, response } = await sent();
  expect([result, response?.body.length, response?.isCut]).toEqual([{ status: 200 }, 65_536, isCut]);
});

test("a receiver that stalls before its answer times out", async () => {
  receiver.answer(() => {});
  const { result, milliseconds } = await sent(100);
  expect(result).toEqual({ failure: "TIMED_OUT" });
  expect(milliseconds).toBeGreaterThanOrEqual(95);
});

test("one that stalls within its answer has answered", async () => {
  receiver.answer((response) => void response.writeHead(200).write("begun"));
  expect(await sent(300)).toMatchObject({
    result: { status: 200 },
    response: { body: "begun", isCut: true },
  });
});

test("a connection that is refused or cut, or no HTTP, has failed", async () => {
  receiver.answer((response) => void response.destroy());
  expect((await sent()).result).toEqual({ failure: "CONNECTION_FAILED" });
  const other = createServer((socket) => socket.end("SSH-2.0-x\r\n", () => socket.destroy()));
  await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
  const address = other.address();
  const port = typeof address === "object" ? address?.port : 0;
  const url = `http://127.0.0.1:${port}/`;
  expect((await send({ url, headers: {}, body: "{}" })).result).toEqual({ failure: "CONNECTION_FAILED" });
  await new Promise((closed) => other.close(closed));
  expect((await send({ url, headers: {}, body: "{}" })).result).toEqual({ failure: "CONNECTION_FAILED" });
});

test("a name that doesn't resolve, and a port without TLS", async () => {
  const nowhere = { url: "https://nowhere.invalid/", headers: {}, body: "{}" };
  expect((await send(nowhere)).result).toEqual({ failure: "HOST_NOT_FOUND" });
  const url = receiver.url.replace("http:", "https:");
  expect((await send({ url, headers: {}, body: "{}" })).result).toEqual({ failure: "TLS_FAILED" });
});
