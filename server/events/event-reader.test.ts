import { afterEach, expect, test, vi } from "vitest";
import { eventCursorText, parseEventCursor } from "@/domain/events/event-cursor";
import type { Principal } from "@/server/access/gate";
import { beginEpoch, throughRestores } from "@/server/restores/restores";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf } from "@/server/testing/test-syncs";
import { type EventStart, eventReader } from "./event-reader";
import { announceHead, endReaders, waitingReaders } from "./feed";
import { writeEvents } from "./outbox";
import { numberEvents } from "./positions";
import { startRelay } from "./relay";
import type { Wanted } from "./stored-events";

useStore();

const LONG_MS = 20_000;
const ALL: Wanted = { types: null, limit: 100 };
const number = async () => announceHead(await numberEvents(NOW));
const happen = (...licenses: (string | undefined)[]) =>
  writeEvents(
    store().sql,
    NOW,
    licenses.map((license) =>
      license === undefined
        ? { type: "webhook.failing", data: {} }
        : { type: "seats.full", license, data: { license } },
    ),
  );
const readerFrom = (start: EventStart, wanted = ALL) => eventReader(start, wanted);
const limitedTo = (more: Partial<Principal>): Principal => ({ ...OWNER, role: "license-admin", ...more });

afterEach(() => vi.restoreAllMocks());

async function startOfNow() {
  await number();
  const reader = readerFrom("now");
  return { reader, start: (await reader.next(OWNER, 0)).next };
}

test("a reader follows page by page, and a cursor goes on where it was", async () => {
  const { start } = await startOfNow();
  const { number: license } = await makeLicense();
  await happen(license, license, license);
  await number();
  const reader = readerFrom(start, { types: null, limit: 3 });
  const first = await reader.next(OWNER, 0);
  expect(first.events.map(({ type }) => type)).toEqual(["definition.updated", "seats.full", "seats.full"]);
  const second = await reader.next(OWNER, 0);
  expect(second.events).toHaveLength(1);
  const again = parseEventCursor(eventCursorText(first.next));
  expect((await readerFrom(again).next(OWNER, 0)).events).toEqual(second.events);
  expect(await reader.next(OWNER, 0)).toMatchObject({ events: [], next: second.next, reset: false });
});

test("readers see the events of their licenses only, whether they read for themselves or share a read", async () => {
  const { start } = await startOfNow();
  const [mine, other] = [await makeLicense(), await makeLicense()];
  await number();
  const principals: [string, Principal, (string | null)[]][] = [
    ["an owner", OWNER, [mine.number, other.number, null]],
    ["an auditor", { ...OWNER, role: "auditor" }, [mine.number, other.number, null]],
    ["a customer's admin", limitedTo({ customers: [mine.customer.id] }), [mine.number]],
    ["an admin without customers", limitedTo({ customers: [] }), []],
    ["a token of a license", limitedTo({ license: other.number }), [other.number]],
    ["a token of an issuer's license", { ...OWNER, role: "issuer", license: mine.number }, [mine.number]],
  ];
  const wanted: Wanted = { types: ["seats.full", "webhook.failing"], limit: 100 };
  const patience = new AbortController();
  const shared = principals.map(([, principal]) =>
    readerFrom("now", wanted).next(principal, LONG_MS, patience.signal),
  );
  await expect.poll(waitingReaders).toBe(principals.length);
  await happen(mine.number, other.number, undefined);
  const read = vi.spyOn(store().sql, "query");
  await number();
  await expect.poll(waitingReaders).toBe(1); // the admin without customers
  patience.abort();
  const live = (await Promise.all(shared)).map(({ events }) => events.map(({ license }) => license));
  expect(read.mock.calls.filter(([{ name }]) => name.startsWith("event_between"))).toHaveLength(1);
  expect(read.mock.calls.filter(([{ name }]) => name.startsWith("event_of"))).toHaveLength(0);
  for (const [at, [who, principal, expected]] of principals.entries()) {
    const { events } = await readerFrom(start, wanted).next(principal, 0);
    expect([who, events.map(({ license }) => license)]).toEqual([who, expected]);
    expect([who, live[at]]).toEqual([who, expected]);
  }
});

test("a subject comes back to a reader as it was spelled", async () => {
  const { start } = await startOfNow();
  const { add } = await deploymentOf();
  await add("ACME\\Bob");
  await number();
  const { events } = await readerFrom(start, { types: ["assignment.updated"], limit: 9 }).next(OWNER, 0);
  expect(events.map(({ subject }) => subject)).toEqual(["ACME\\Bob"]);
});

test("a reader who waits holds no statement, and goes on without events when its time is over or it is gone", async () => {
  const { reader } = await startOfNow();
  const gone = new AbortController();
  const waiting = reader.next(OWNER, LONG_MS, gone.signal);
  await expect.poll(waitingReaders).toBe(1);
  const read = vi.spyOn(store().sql, "query");
  await number();
  expect(read.mock.calls.map(([{ name }]) => name)).toEqual(["event_head"]);
  gone.abort();
  expect((await waiting).events).toEqual([]);
  expect((await reader.next(OWNER, 20)).events).toEqual([]);
});

test("after a restore a reader begins again at the oldest event, and is told so", async () => {
  const { reader, start } = await startOfNow();
  await happen(undefined);
  await number();
  await beginEpoch(NOW);
  await number();
  for (const stale of [reader, readerFrom(start)]) {
    const page = await stale.next(OWNER, 0);
    expect(page.reset).toBe(true);
    expect(page.next.epoch).not.toBe(start.epoch);
    expect(page.events[0]?.position).toBe(1);
    expect(await stale.next(OWNER, 0)).toMatchObject({ reset: false });
  }
});

test("a reader notices a promoted standby before it reads anything of it", async () => {
  const { reader, start } = await startOfNow();
  await happen(undefined);
  await number();
  await store().db.installation.update({ where: { id: 1 }, data: { timeline: "0000FFFF" } });
  await expect(numberEvents(NOW)).rejects.toMatchObject({ name: "StoreWentBack" });
  const page = await throughRestores(NOW, () => reader.next(OWNER, 0));
  expect(page.reset).toBe(true);
  expect(page.next.epoch).not.toBe(start.epoch);
});

test("the relay numbers what is committed, wakes readers, and calls its subscribers again if they fail", async () => {
  const { reader } = await startOfNow();
  let calls = 0;
  const subscriber = async () => {
    calls += 1;
    if (calls === 1) throw new Error("not yet");
  };
  const stop = startRelay({ clock: () => NOW, throughRestores, subscribers: [subscriber] });
  const waiting = reader.next(OWNER, LONG_MS);
  await happen(undefined);
  expect((await waiting).events).toHaveLength(1);
  await expect.poll(() => calls, { timeout: 5000 }).toBeGreaterThan(1);
  await stop();
});

test("a server that ends sends its readers away", async () => {
  const { reader } = await startOfNow();
  const waiting = reader.next(OWNER, LONG_MS);
  await expect.poll(waitingReaders).toBe(1);
  endReaders();
  expect((await waiting).events).toEqual([]);
  expect((await reader.next(OWNER, LONG_MS)).events).toEqual([]);
});
