import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { queryOn, withDatabase } from "@/scripts/databases";
import { embeddedPostgres, type OwnPostgres } from "@/scripts/postgres";
import { prepareInstallation } from "@/server/maintenance/installation";
import { storeKind } from "@/server/testing/test-store";
import { parseEnv } from "./env";
import { log } from "./log";
import { readRecent, withReads } from "./read-scope";
import { closeStore, openStore, reading, store } from "./store";

const PATIENCE = { connectMs: 6000, statementMs: 8000, longMs: 60_000 };
const NAME = { name: "customer_named", text: "SELECT name FROM customer WHERE id = $1" };
const WHERE = { name: "where", text: "SELECT pg_is_in_recovery() AS standby" };

let primary: OwnPostgres;
let standby: OwnPostgres;
const SIGNET_SECRET = randomBytes(32).toString("base64");

const open = async (readUrl: string) => {
  await closeStore();
  const settings = { DATABASE_URL: primary.url(), DATABASE_READ_URL: readUrl, SIGNET_SECRET };
  await openStore(parseEnv(settings), PATIENCE);
};
const look = () => store().replica?.look();
const lookUntilUsed = () =>
  expect
    .poll(async () => {
      await look();
      return store().replica?.figures().isUsed;
    })
    .toBe(true);

/** Reads for a page that may lag, or for somebody who has just changed something. */
const read = <T>(
  how: "recent" | "current",
  work: () => Promise<T>,
  isEmpty: (value: T) => boolean = () => false,
) => withReads(how === "recent", () => readRecent(work, isEmpty));

/** Whether each client of `reading` is led to the standby. */
const readAs = async (how: "recent" | "current") => {
  const { value } = await read(how, async () => {
    const [hot] = await reading().sql.query<{ standby: boolean }>(WHERE, []);
    const [db] = await reading().db.$queryRaw<{ standby: boolean }[]>`SELECT pg_is_in_recovery() AS standby`;
    return [hot?.standby, db?.standby];
  });
  return value;
};
const ON_STANDBY = [true, true];
const ON_PRIMARY = [false, false];

/** Stops the replay until the test has ended; returns how to go on before that. */
async function pauseReplay(): Promise<() => Promise<unknown>> {
  const resume = () => queryOn(standby.url(), "SELECT pg_wal_replay_resume()");
  onTestFinished(async () => void (await resume()));
  await queryOn(standby.url(), "SELECT pg_wal_replay_pause()");
  await expect
    .poll(() => queryOn(standby.url(), "SELECT pg_get_wal_replay_pause_state() AS state"))
    .toEqual([{ state: "paused" }]);
  return resume;
}

async function createCustomer(): Promise<string> {
  const id = crypto.randomUUID();
  await store().db.customer.create({ data: { id, name: id, nameKey: id, createdAt: new Date() } });
  return id;
}
const found = (how: "recent" | "current", id: string, isEmpty?: (value: boolean) => boolean) =>
  read(how, async () => (await reading().sql.query(NAME, [id])).length === 1, isEmpty);

/** Lets so much time pass for this process alone. */
function passMs(ms: number): void {
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + ms);
  onTestFinished(() => clock.mockRestore());
}

beforeAll(async () => {
  if (storeKind() !== "postgresql") return;
  primary = await embeddedPostgres();
  standby = await embeddedPostgres({ standbyOf: primary });
  await open(standby.url());
  await prepareInstallation(new Date());
});

afterAll(async () => {
  await closeStore();
  await standby?.remove();
  await primary?.remove();
});

describe.runIf(storeKind() === "postgresql")("a read replica", () => {
  beforeEach(lookUntilUsed);

  test("serves both clients in a request that only reads; everything else is the primary's", async () => {
    expect(await readAs("recent")).toEqual(ON_STANDBY);
    const [row] = await reading().sql.query<{ standby: boolean }>(WHERE, []);
    expect(row?.standby).toBe(false);
    const own = await read("recent", () => store().sql.query(WHERE, []));
    expect(own).toEqual({ value: [{ standby: false }], asOf: null });
  });

  test("shows a change at once to who needs it, and to others later, who are told as of when", async () => {
    const resume = await pauseReplay();
    const before = new Date();
    const id = await createCustomer();
    await look();
    expect(await found("current", id)).toEqual({ value: true, asOf: null });
    const { value, asOf } = await found("recent", id);
    expect(value).toBe(false);
    expect(await found("recent", id, (isFound) => !isFound)).toEqual({ value: true, asOf: null });
    expect(asOf?.getTime()).toBeLessThanOrEqual(before.getTime() + 1);
    await resume();
    await expect
      .poll(async () => {
        await look();
        return [(await found("recent", id)).value, await readAs("current")];
      })
      .toEqual([true, ON_STANDBY]);
  });

  test("isn't used while it is too old, which is logged once", async () => {
    const warn = vi.spyOn(log(), "warn");
    onTestFinished(() => warn.mockRestore());
    await pauseReplay();
    await createCustomer();
    await look();
    expect(await readAs("recent")).toEqual(ON_STANDBY);
    passMs(31_000);
    await look();
    await look();
    expect(await readAs("recent")).toEqual(ON_PRIMARY);
    expect(store().replica?.figures().lagSeconds).toBeGreaterThan(30);
    expect(warn.mock.calls).toEqual([[{ reason: "It is too old." }, "the read replica isn't used"]]);
  });

  test("that dies is replaced by the primary within the same request, and is used again when it is back", async () => {
    await read("recent", async () => {
      expect(await reading().sql.query(WHERE, [])).toEqual([{ standby: true }]);
      await standby.stop();
      expect(await reading().sql.query(WHERE, [])).toEqual([{ standby: false }]);
    });
    expect(await readAs("recent")).toEqual(ON_PRIMARY);
    await standby.start();
    await lookUntilUsed();
    expect(await readAs("recent")).toEqual(ON_STANDBY);
  });

  test("that was restarted may be where it was earlier: a request that chose it before goes on with the primary", async () => {
    await read("recent", async () => {
      expect(await reading().sql.query(WHERE, [])).toEqual([{ standby: true }]);
      await standby.stop();
      await standby.start();
      await lookUntilUsed();
      expect(await reading().sql.query(WHERE, [])).toEqual([{ standby: false }]);
    });
  });

  test("on another timeline isn't used", async () => {
    const { timeline } = await store().db.installation.findUniqueOrThrow({ where: { id: 1 } });
    const note = (text: string | null) =>
      store().db.installation.update({ where: { id: 1 }, data: { timeline: text } });
    onTestFinished(async () => void (await note(timeline)));
    await note("00000009");
    await expect
      .poll(async () => {
        await look();
        return readAs("recent");
      })
      .toEqual(ON_PRIMARY);
  });

  test("passes on an error that the primary reports too", async () => {
    const failing = read("recent", async () => reading().db.$queryRaw`SELECT 1 / 0`);
    await expect(failing).rejects.toThrow("division by zero");
    expect(await readAs("recent")).toEqual(ON_STANDBY);
  });
});

describe.runIf(storeKind() === "postgresql")("a server that is no replica of the store", () => {
  beforeAll(async () => {
    await queryOn(primary.url(), "CREATE DATABASE other");
    const other = withDatabase(primary.url(), "other");
    await queryOn(other, "CREATE TABLE installation AS SELECT 1 AS id, '00000001' AS timeline");
  });

  test.each([
    ["the primary itself", () => primary.url(), "standby"],
    ["another database of the standby", () => withDatabase(standby.url(), "other"), "another database"],
    ["a database that isn't there", () => withDatabase(standby.url(), "none"), "does not exist"],
  ])("isn't used: %s", async (_, url, reason) => {
    await open(url());
    const warn = vi.spyOn(log(), "warn");
    onTestFinished(() => warn.mockRestore());
    await expect
      .poll(async () => {
        await look();
        return warn.mock.calls.at(-1)?.[0];
      })
      .toEqual({ reason: expect.stringContaining(reason) });
    expect(await readAs("recent")).toEqual(ON_PRIMARY);
    expect(await readAs("current")).toEqual(ON_PRIMARY);
    expect(store().replica?.figures()).toEqual({ isUsed: false, lagSeconds: null });
  });
});
