import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { copyLicense } from "@/server/licenses/license-copies";
import { purge } from "@/server/maintenance/purge";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { storeKind, useStore } from "@/server/testing/test-store";
import { writeEvents } from "./outbox";
import { numberEvents } from "./positions";

useStore();

const onPostgres = storeKind() === "postgresql";
const marked = (mark: string) => ({ type: "webhook.failing" as const, data: { mark } });
const write = (mark: string, now = NOW, sql: Pick<Sql, "query"> = store().sql) =>
  writeEvents(sql, now, [marked(mark)]);

beforeEach(async () => {
  await numberEvents(NOW);
});

/** The marks of the events after a position, in order; a gap between positions is a dot. */
async function marksAfter(position: number): Promise<string[]> {
  const rows = await store().db.event.findMany({
    where: { position: { gt: position } },
    orderBy: { position: "asc" },
  });
  return rows.flatMap(({ data, ...row }, at) => [
    ...(Number(row.position) === position + at + 1 ? [] : ["."]),
    (data as { mark: string }).mark,
  ]);
}

test.runIf(onPostgres)(
  "an event that began first and is committed last comes last, and isn't missed",
  async () => {
    const { position } = await numberEvents(NOW);
    const slow = opened();
    const writing = store().sql.transaction(async (tx) => {
      await write("slow", NOW, tx);
      slow.reached();
      await slow.released;
    });
    await slow.isReached;
    await write("quick");
    expect(await numberEvents(NOW)).toMatchObject({ position: position + 1 });
    expect(await marksAfter(position)).toEqual(["quick"]);
    slow.release();
    await writing;
    await numberEvents(NOW);
    expect(await marksAfter(position)).toEqual(["quick", "slow"]);
  },
);

test("servers that number at once give each event one position, and leave no gap", async () => {
  const { position } = await numberEvents(NOW);
  const marks = Array.from({ length: 60 }, (_, at) => `m${at}`);
  await Promise.all(marks.flatMap((mark) => [write(mark), numberEvents(NOW, 7), numberEvents(NOW, 7)]));
  await numberEvents(NOW);
  const found = await marksAfter(position);
  expect(found.toSorted()).toEqual(marks.toSorted());
});

test.runIf(onPostgres)(
  "a server that dies while it numbers leaves every event to the next one, once",
  async () => {
    const { position } = await numberEvents(NOW);
    for (const mark of ["a", "b", "c"]) await write(mark);
    const held = opened();
    const holding = store().sql.transaction(async (tx) => {
      await tx.query({ name: "test_hold", text: "SELECT 1 FROM event_head FOR UPDATE" }, []);
      held.reached();
      await held.released;
    });
    await held.isReached;
    const dying = numberEvents(NOW).catch((error: unknown) => error);
    await expect.poll(() => killed("%INSERT INTO event %")).toBe(1);
    held.release();
    await holding;
    expect(await dying).toBeInstanceOf(Error);
    expect(await marksAfter(position)).toEqual([]);
    await numberEvents(NOW);
    expect(await marksAfter(position)).toEqual(["a", "b", "c"]);
  },
);

test.runIf(onPostgres)("who can't number because another server does, doesn't wait", async () => {
  const { position } = await numberEvents(NOW);
  await write("later");
  const held = opened();
  const holding = store().sql.transaction(async (tx) => {
    await tx.query({ name: "test_lock", text: "SELECT pg_advisory_xact_lock(5271013)" }, []);
    held.reached();
    await held.released;
  });
  await held.isReached;
  expect(await numberEvents(NOW)).toMatchObject({ position });
  held.release();
  await holding;
  expect(await numberEvents(NOW)).toMatchObject({ position: position + 1 });
});

test.runIf(onPostgres)(
  "an event that a removal holds is left for later, and the others don't wait",
  async () => {
    const { position } = await numberEvents(NOW);
    await write("held");
    const held = opened();
    const removing = store().sql.transaction(async (tx) => {
      await tx.query({ name: "test_remove", text: "SELECT FROM event_outbox FOR UPDATE" }, []);
      held.reached();
      await held.released;
    });
    await held.isReached;
    await write("free");
    await numberEvents(NOW);
    expect(await marksAfter(position)).toEqual(["free"]);
    held.release();
    await removing;
    await numberEvents(NOW);
    expect(await marksAfter(position)).toEqual(["free", "held"]);
  },
);

test("events of a temporary copy get no position, and neither do those older than events are kept", async () => {
  const { position } = await numberEvents(NOW);
  const { number } = await makeLicense();
  await numberEvents(NOW);
  await copyLicense(number, { kind: "user", id: randomUUID() }, NOW);
  await write("old", new Date(NOW.getTime() - 30 * DAY));
  await write("kept", new Date(NOW.getTime() - 30 * DAY + 1));
  expect(await numberEvents(NOW)).toMatchObject({ position: position + 2 });
  expect(await store().db.waitingEvent.count()).toBe(0);
});

test("events are kept for 30 days", async () => {
  await purge(new Date(NOW.getTime() + 40 * DAY));
  await write("early", new Date(NOW.getTime() - 10 * DAY));
  const { position } = await numberEvents(NOW);
  await write("late");
  await numberEvents(NOW);
  await purge(new Date(NOW.getTime() + 20 * DAY - 1), 3);
  expect(await marksAfter(position - 1)).toEqual(["early", "late"]);
  await purge(new Date(NOW.getTime() + 20 * DAY), 3);
  expect(await marksAfter(position - 1)).toEqual([".", "late"]);
});

/** A point that work reaches, and waits at until it is released. */
function opened() {
  let reached = () => {};
  let release = () => {};
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { reached, isReached, release, released };
}

/** Ends the connections that run such a statement now, as a server's death does; returns how many. */
async function killed(statement: string): Promise<number> {
  const rows = await store().db.$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE ${statement} AND state = 'active' AND datname = current_database() AND pid <> pg_backend_pid()
      AND wait_event_type = 'Lock'`;
  return rows.length;
}
