import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createApi } from "@/api/app";
import { SYSTEM } from "@/server/access/actor";
import { announceHead, endReaders } from "@/server/events/feed";
import { writeEvents } from "@/server/events/outbox";
import { numberEvents } from "@/server/events/positions";
import { startRelay } from "@/server/events/relay";
import { createToken, revokeToken } from "@/server/identity/tokens";
import { throughRestores } from "@/server/restores/restores";
import { env } from "@/server/store/env";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf } from "@/server/testing/test-syncs";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let owner: Client;
let stopRelay = async () => {};
beforeAll(async () => {
  owner = await clientAs({ role: "owner" });
  stopRelay = startRelay({ clock: () => NOW, throughRestores });
});
afterAll(() => stopRelay());

/** Once no event waits for its position: the relay may be the one who gives it. */
const number = async () => {
  const waiting = async () => {
    await numberEvents(NOW);
    return store().db.waitingEvent.count();
  };
  await expect.poll(waiting).toBe(0);
  await announceHead(await numberEvents(NOW));
};
const happen = (license: string) =>
  writeEvents(store().sql, NOW, [{ type: "seats.full", license, data: { license, allotment: "analyzer" } }]);
const now = async (): Promise<string> => {
  await number();
  return (await owner("GET", "/events?after=now")).body.next;
};

test("events come in order as CloudEvents, from a cursor on, and of the wanted types only", async () => {
  const start = await now();
  const { number: license } = await makeLicense();
  await happen(license);
  await number();
  const { status, body } = await owner("GET", `/events?after=${start}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    events: [
      expect.objectContaining({ type: "io.signet.license.definition.updated" }),
      {
        ...{ specversion: "1.0", id: expect.stringMatching(/^[0-9a-f-]{36}$/), time: NOW.toISOString() },
        ...{ source: env().PUBLIC_URL, type: "io.signet.license.seats.full", license },
        ...{ datacontenttype: "application/json", data: { license, allotment: "analyzer" } },
      },
    ],
    next: expect.stringMatching(/^[0-9a-f]{12}\.[0-9]+$/),
  });
  const one = await owner("GET", `/events?after=${start}&limit=1`);
  expect(one.body.events).toEqual(body.events.slice(0, 1));
  expect((await owner("GET", `/events?after=${one.body.next}`)).body.events).toEqual(body.events.slice(1));
  const full = await owner("GET", `/events?after=${start}&types=seats.full,io.signet.license.key.issued`);
  expect(full.body.events).toEqual(body.events.slice(1));
});

test("a request waits for the next event, and no longer than it was told", async () => {
  const start = await now();
  const { number: license } = await makeLicense();
  const waiting = owner("GET", `/events?after=${start}&types=seats.full&wait=30`);
  await happen(license);
  expect((await waiting).body.events).toHaveLength(1);
  const { body } = await owner("GET", `/events?after=${await now()}&wait=1`);
  expect(body.events).toEqual([]);
});

test.each([
  ["after=", "INVALID_CURSOR"],
  ["after=42", "INVALID_CURSOR"],
  ["types=key.lost", "INVALID_QUERY"],
  ["wait=31", "INVALID_QUERY"],
  ["limit=0", "INVALID_QUERY"],
  ["before=now", "INVALID_QUERY"],
])("%s is refused with %s", async (query, code) => {
  expect((await owner("GET", `/events?${query}`)).body.code).toBe(code);
});

test("a cursor from before a restore begins again, with a sign of it", async () => {
  const { body } = await owner("GET", "/events?after=0123456789ab.1&limit=1");
  expect(body).toMatchObject({ reset: true, events: [{ specversion: "1.0" }] });
});

test("users are named to those who may see them, and to no issuer", async () => {
  const start = await now();
  const { number: license, customer, add } = await deploymentOf();
  await add("acme\\bob");
  await number();
  const dataFor = async (client: Client) =>
    (await client("GET", `/events?after=${start}&types=assignment.updated`)).body.events[0].data;
  expect(await dataFor(owner)).toMatchObject({ type: "analyzer", license, subject: "acme\\bob" });
  const admin = await clientAs({ role: "license-admin", customers: [customer.id] });
  expect(await dataFor(admin)).toHaveProperty("subject");
  for (const more of [{}, { license }])
    expect(await dataFor(await clientAs({ role: "issuer", ...more }))).not.toHaveProperty("subject");
});

test("a stream sends events as they happen, with cursors by which a later one goes on", async () => {
  const start = await now();
  const { number: license } = await makeLicense();
  await number();
  const first = await streamOf({ after: start });
  expect(first.headers.get("content-type")).toBe("text/event-stream");
  expect(first.headers.get("cache-control")).toContain("no-transform");
  expect(await first.next()).toMatchObject({ type: "io.signet.license.definition.updated", license });
  const { id } = first.last();
  await happen(license);
  expect(await first.next()).toMatchObject({ type: "io.signet.license.seats.full", license });
  await first.cancel();
  const second = await streamOf({ after: start, lastEventId: id });
  expect(await second.next()).toMatchObject({ type: "io.signet.license.seats.full" });
  await second.cancel();
  const third = await streamOf({ after: "0123456789ab.1" });
  expect(await third.next()).toEqual({});
  expect(third.last().event).toBe("reset");
  await third.cancel();
});

test("a stream that can't begin is refused like any request", async () => {
  expect((await requestStream("sgn_unknown", {})).status).toBe(401);
  const { body } = await owner("GET", "/events?after=x", undefined, { Accept: "text/event-stream" });
  expect(body.code).toBe("INVALID_CURSOR");
});

test("a token has its own share of readers, and a reader that goes makes room", async () => {
  const { token } = await createToken(OWNER, { name: "many", role: "owner" }, SYSTEM, NOW);
  const streams: Awaited<ReturnType<typeof streamOf>>[] = [];
  while (streams.length < 100) streams.push(await streamOf({ after: "now" }, token));
  const refused = await requestStream(token, { after: "now" });
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"]);
  await (await streamOf({ after: "now" })).cancel();
  const [first, ...others] = streams;
  await first?.cancel();
  await expect.poll(async () => (await requestStream(token, { after: "now" })).status).toBe(200);
  await Promise.all(others.map(({ cancel }) => cancel()));
});

test("a stream ends when its token was revoked, and when the server ends", async () => {
  const { id, token } = await createToken(OWNER, { name: "gone", role: "owner" }, SYSTEM, NOW);
  const [gone, ending] = [await streamOf({ after: "now" }, token), await streamOf({ after: "now" })];
  await revokeToken(OWNER, id, SYSTEM, NOW);
  at = new Date(at.getTime() + 15_000);
  await happen((await makeLicense()).number);
  await gone.ended();
  endReaders();
  await ending.ended();
});

type Asked = { after?: string; lastEventId?: string };

let at = NOW;
const api = createApi({ clock: () => at });

function requestStream(token: string, { after, lastEventId }: Asked) {
  const headers = { Accept: "text/event-stream", Authorization: `Bearer ${token}` };
  return api.request(`/api/v1/admin/events${after ? `?after=${after}` : ""}`, {
    headers: lastEventId ? { ...headers, "Last-Event-ID": lastEventId } : headers,
  });
}

/** A stream as a client reads it: block by block, where one without data only moves the cursor. */
async function streamOf(asked: Asked, token?: string) {
  const key = token ?? (await createToken(OWNER, { name: "stream", role: "owner" }, SYSTEM, NOW)).token;
  const response = await requestStream(key, asked);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (response.status !== 200 || !reader) throw new Error(`There is no stream: ${response.status}.`);
  let text = "";
  let fields: Record<string, string> = {};
  const block = async (): Promise<Record<string, string> | null> => {
    while (!text.includes("\n\n")) {
      const { value, done } = await reader.read();
      if (done) return null;
      text += value;
    }
    const [first = "", ...rest] = text.split("\n\n");
    text = rest.join("\n\n");
    return Object.fromEntries(first.split("\n").map((row) => row.split(/: (.*)/s).slice(0, 2)));
  };
  return {
    headers: response.headers,
    next: async () => {
      for (;;) {
        const found = await block();
        if (!found) throw new Error("The stream has ended.");
        if (found.data === undefined) continue;
        fields = found;
        return JSON.parse(found.data);
      }
    },
    last: () => fields as { id: string; event?: string },
    ended: async () => {
      while (await block());
    },
    cancel: () => reader.cancel(),
  };
}
