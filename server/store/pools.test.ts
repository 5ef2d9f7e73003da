import { describe, expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "@/scripts/free-port";
import { storeKind, storeSettings, useStore } from "@/server/testing/test-store";
import { parseDatabaseUrl } from "./database-url";
import { watchDatabase } from "./database-watch";
import { openPool, type PoolChoice } from "./pools";

useStore();

const CHOICE = { connectMs: 3000, statementMs: 3000, max: 2, settings: { lock_timeout: "7s" } };

/** A pool on several servers; `DB` among them stands for the one that exists. */
function poolOn(hosts: string[], query = "", choice: Partial<PoolChoice> = {}) {
  const url = new URL(storeSettings().DATABASE_URL ?? "");
  const named = hosts.map((host) => host.replace("DB", url.host)).join(",");
  const pool = openPool(parseDatabaseUrl(url.href.replace(url.host, named) + query), {
    ...CHOICE,
    ...choice,
  });
  onTestFinished(() => pool.end());
  return pool;
}

describe.runIf(storeKind() === "postgresql")("a pool on PostgreSQL", () => {
  test("tries each server until one accepts the connection, also for single queries and with settings in force", async () => {
    const pool = poolOn([`127.0.0.1:${await freePort()}`, "no-such-host.invalid", "DB"]);
    const { rows } = await pool.query("SELECT current_setting('lock_timeout') AS limit");
    expect(rows).toEqual([{ limit: "7s" }]);
    const client = await pool.connect();
    client.release();
  });

  test("reports no connection if none accepts one", async () => {
    const pool = poolOn([`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`]);
    await expect(pool.query("SELECT 1")).rejects.toMatchObject({ name: "NoConnection" });
  });

  test("skips a read-only server if writes are required", async () => {
    const asked = "?options=-c%20default_transaction_read_only%3Don&target_session_attrs=read-write";
    await expect(poolOn(["DB"], asked).connect()).rejects.toMatchObject({
      name: "NoConnection",
      cause: { code: "25006" },
    });
    const pool = poolOn(["DB"], "?target_session_attrs=read-write");
    await expect(pool.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  test("drops a connection that fell silent, whoever used it", async () => {
    const pool = poolOn(["DB"]);
    const client = await pool.connect();
    await expect(client.query("SELECT pg_sleep(10)")).rejects.toMatchObject({ code: "ETIMEDOUT" });
    client.release(); // As Prisma does at the end of a transaction, without the error.
    await expect.poll(() => pool.totalCount).toBe(0);
    await expect(pool.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  test("gives no connection to another database to a caller that asked before the change was known", async () => {
    const forget = vi.fn();
    const watch = watchDatabase(forget);
    await poolOn(["DB"], "", { watch }).query("SELECT 1");
    expect(forget).toHaveBeenCalledTimes(0);
    watch.note("another");
    const pool = poolOn(["DB"], "", { watch });
    const asked = [pool.query("SELECT 1"), pool.query("SELECT 1"), pool.query("SELECT 1")];
    for (const result of await Promise.allSettled(asked))
      expect(result).toMatchObject({ status: "rejected", reason: { name: "NoConnection" } });
    expect(forget).toHaveBeenCalledTimes(2);
    await expect(pool.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });
});
