import type { LookupAddress } from "node:dns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseNetworks } from "@/domain/webhooks/networks";
import { openReceiver, type Receiver } from "@/scripts/receiver";
import { guardedAgent, type Resolve } from "./guarded-agent";
import { type Outgoing, send } from "./sending";

let receiver: Receiver;
let port: string;
beforeAll(async () => {
  receiver = await openReceiver();
  port = new URL(receiver.url).port;
});
afterAll(() => receiver.stop());

const to = (url: string): Outgoing => ({ url, headers: {}, body: "{}" });
const resultFor = async (url: string, networks = "", resolve?: Resolve) => {
  const dispatcher = guardedAgent(parseNetworks(networks), resolve);
  const { result } = await send(to(url), { dispatcher });
  await dispatcher.destroy();
  return result;
};

/** A name server that gives one answer after the other. */
function resolving(...answers: string[][]): Resolve {
  return (_, __, callback) => {
    const [first = [], ...rest] = answers;
    answers = rest.length > 0 ? rest : [first];
    const addresses = first.map(
      (address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 }),
    );
    setImmediate(callback, null, addresses);
  };
}

const BLOCKED = { failure: "ADDRESS_NOT_ALLOWED" };

test.each([
  "http://127.0.0.1:PORT/",
  "https://127.0.0.1:PORT/",
  "https://2130706433:PORT/",
  "https://0x7f.1:PORT/",
  "https://localhost:PORT/",
  "https://[::1]:PORT/",
  "https://[::ffff:127.0.0.1]:PORT/",
  "https://[::ffff:7f00:1]:PORT/",
  "https://[64:ff9b::127.0.0.1]:PORT/",
  "https://169.254.169.254/latest/meta-data/",
  "https://0.0.0.0:PORT/",
  "http://93.184.216.34/",
])("%s is refused before anything is sent", async (url) => {
  expect(await resultFor(url.replace("PORT", port))).toEqual(BLOCKED);
  expect(receiver.received).toEqual([]);
});

test("a name is refused if any of its addresses is", async () => {
  const url = `http://hooks.example:${port}/`;
  expect(await resultFor(url, "127.0.0.1", resolving(["127.0.0.1", "10.0.0.1"]))).toEqual(BLOCKED);
  expect(await resultFor(url, "127.0.0.1", resolving([]))).toEqual(BLOCKED);
  expect(receiver.received).toEqual([]);
});

test("the address that was checked is the one that is connected to: a name is resolved once", async () => {
  const rebinding = resolving(["127.0.0.1"], ["10.0.0.1"]);
  expect(await resultFor(`http://hooks.example:${port}/`, "127.0.0.1", rebinding)).toEqual({ status: 204 });
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.headers.host).toBe(`hooks.example:${port}`);
});

test("networks that are allowed are reached, without TLS too, and no others", async () => {
  expect(await resultFor(`http://127.0.0.1:${port}/`, "127.0.0.0/8")).toEqual({ status: 204 });
  expect(await resultFor(`http://127.0.0.1:${port}/`, "10.0.0.0/8")).toEqual(BLOCKED);
  expect(await resultFor(`http://hooks.example:${port}/`, "127.0.0.1", resolving(["127.0.0.1"]))).toEqual({
    status: 204,
  });
});
