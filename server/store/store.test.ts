import { expect, test } from "vitest";
import { storeKind, useStore } from "@/server/testing/test-store";
import { isInDoubt, withEffects } from "./statement-result";
import { store } from "./store";

useStore();

test("both clients of the store read what the other wrote", async () => {
  expect(store().kind).toBe(storeKind());
  await store().db.rateLimit.create({ data: { id: "a", key: "b", count: 2, lastRequest: 3n } });
  expect(await run("SELECT count FROM rate_limit WHERE key = 'b'")).toEqual([{ count: 2 }]);
});

test("times, dates and large numbers come back the same from both stores", async () => {
  const [row] = await run(`SELECT '2018-11-30T23:59:59.999+00'::timestamptz AS at, '2018-11-30'::date AS day,
    9007199254740991::bigint AS safe, (9223372036854775807::bigint)::text AS instance, decode('00ff', 'hex') AS bytes`);
  expect(row).toEqual({
    at: new Date("2018-11-30T23:59:59.999Z"),
    day: "2018-11-30",
    safe: Number.MAX_SAFE_INTEGER,
    instance: "9223372036854775807",
    bytes: expect.anything(),
  });
  expect(Buffer.from((row as { bytes: Uint8Array }).bytes).toString("hex")).toBe("00ff");
});

test("a transaction that fails leaves nothing, and the next one runs", async () => {
  const { sql } = store();
  const failing = sql.transaction(async (tx) => {
    await tx.query(statement(assignment({ instance: 900 })), []);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await run("SELECT instance FROM assignment WHERE instance = 900")).toEqual([]);
});

test("a transaction waits for statements that weren't awaited, and fails with the first error of one", async () => {
  const { sql } = store();
  const counted = (id: string) =>
    statement(`INSERT INTO rate_limit (id, key, count, last_request) VALUES ('${id}', '${id}', 1, 1)`);
  await sql.transaction(async (tx) => void tx.query(counted("first"), []));
  const failing = sql.transaction(async (tx) => {
    void tx.query(counted("second"), []);
    void tx.query(QUOTIENT, [0]);
    void tx.query(QUOTIENT_OF_TEXT, ["six"]);
  });
  await expect(failing).rejects.toMatchObject({ code: "22012" });
  expect(await run("SELECT id FROM rate_limit WHERE id IN ('first', 'second')")).toEqual([{ id: "first" }]);
});

test("a transaction fails if its commit does, and a committed one is distinguished from one that wasn't", async () => {
  const { db } = store();
  await db.$executeRaw`CREATE TABLE late_check (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)`;
  const committed = (id: number) =>
    withEffects(async () => {
      const change = db.$transaction((tx) => tx.$executeRaw`INSERT INTO late_check VALUES (${id})`);
      const failure = await change.then(() => null, String);
      return { failure, isInDoubt: isInDoubt(null) };
    });
  expect(await committed(1)).toEqual({ failure: null, isInDoubt: true });
  expect(await committed(1)).toEqual({ failure: expect.any(String), isInDoubt: false });
  expect(await run("SELECT id FROM late_check")).toEqual([{ id: 1 }]);
  await db.$executeRaw`DROP TABLE late_check`;
});

const QUOTIENT = { name: "quotient", text: "SELECT 60 / $1::int AS quotient" };
const QUOTIENT_OF_TEXT = { name: "quotient_of_text", text: "SELECT 60 / ($1::text)::int AS quotient" };

test("a prepared statement that failed runs again, alone and after its transaction was rolled back", async () => {
  const { sql } = store();
  await expect(sql.query(QUOTIENT, [0])).rejects.toMatchObject({ code: "22012" });
  expect(await sql.query(QUOTIENT, [2])).toEqual([{ quotient: 30 }]);
  await expect(sql.transaction((tx) => tx.query(QUOTIENT, [0]))).rejects.toMatchObject({ code: "22012" });
  expect(await sql.transaction((tx) => tx.query(QUOTIENT, [3]))).toEqual([{ quotient: 20 }]);
});

test("a statement that can't be prepared is refused each time, and the next one runs", async () => {
  const unknown = { name: "unknown", text: "SELECT nothing FROM nowhere" };
  await expect(store().sql.query(unknown, [])).rejects.toMatchObject({ code: "42P01" });
  await expect(store().sql.query(unknown, [])).rejects.toMatchObject({ code: "42P01" });
  expect(await store().sql.query(QUOTIENT, [4])).toEqual([{ quotient: 15 }]);
});

test("values of every kind that statements take arrive intact, also the second time", async () => {
  const text = `SELECT $1::text[] AS texts, $2::bigint[] AS numbers, $3::jsonb AS json, encode($4::bytea, 'hex') AS bytes,
    $5::timestamptz AS at, $6::text AS nothing, $7::boolean AS yes`;
  const at = new Date("2018-11-30T23:59:59.999Z");
  const values = [
    ["a,b", '"', null],
    [1, 2],
    JSON.stringify({ a: "ü" }),
    Buffer.from([0, 255]),
    at,
    null,
    true,
  ];
  const row = { texts: ["a,b", '"', null], json: { a: "ü" }, bytes: "00ff", at, nothing: null, yes: true };
  for (let turn = 0; turn < 2; turn += 1) {
    const [read] = await store().sql.query<{ numbers: unknown[] }>({ name: "values", text }, values);
    expect(read).toMatchObject(row);
    expect(read?.numbers.map(Number)).toEqual([1, 2]);
  }
});

const live = { deleted: "NULL", subject: "'\\x01'" };
const released = { deleted: "'2026-01-01Z'", subject: "NULL" };

test.each([
  ["assignment_subject", "a live one without its subject", assignment({ ...live, subject: "NULL" })],
  [
    "assignment_subject",
    "a released one that keeps its subject",
    assignment({ ...released, subject: "'\\x01'" }),
  ],
  ["assignment_instance", "an instance of 0", assignment({ instance: 0 })],
  ["allotment_live", "less than no seat", "INSERT INTO allotment VALUES ('1', 'a', 'a', 'assigned', -1)"],
  ["usage_consumed", "negative consumption", "INSERT INTO usage VALUES ('1', 'a', '2018-11', 's', -1, 0)"],
  ["installation_single", "a second installation", "INSERT INTO installation VALUES (2, 'f', 0, '\\x00')"],
  ["license_number", "a number with spaces", license("1234 1234 1234 1234")],
  ["license_number", "a short number", license("123412341234123")],
  ["api_token_role", "a token of no known role", token("god")],
  ["signing_key_private", "a withdrawn key with its private part", signingKey("withdrawn", "'\\x01'")],
  ["signing_key_active_key", "a second active signing key", signingKey("active", "'\\x01'")],
])("%s refuses %s", async (constraint, _, sql) => {
  await expect(run(sql)).rejects.toMatchObject({ constraint });
});

test("assignment_live_key lets a subject have one live seat in an allotment, however often it was released", async () => {
  await run(assignment({ ...released, instance: 1, version: 1 }));
  await run(assignment({ ...released, instance: 2, version: 2 }));
  await run(assignment({ instance: 3, version: 3 }));
  const second = run(assignment({ instance: 4, version: 4 }));
  await expect(second).rejects.toMatchObject({ constraint: "assignment_live_key" });
  await run(assignment({ instance: 4, version: 4, allotment: "'analyzer'" }));
});

/** Whichever constraint is violated, the statement is one of its own. */
function statement(text: string) {
  return { name: "", text };
}

function run(text: string): Promise<unknown[]> {
  return store().sql.query(statement(text), []);
}

function assignment(values: Record<string, string | number>): string {
  const row = { instance: 1000, version: 1000, allotment: "'professional'", ...live, ...values };
  return `INSERT INTO assignment (license, instance, allotment, subject_index, subject, version, added_version, created, source, deleted)
    VALUES ('9999000000001253', ${row.instance}, ${row.allotment}, '\\x02', ${row.subject}, ${row.version}, 1, '2026-01-01Z', 's', ${row.deleted})`;
}

function license(number: string): string {
  return `INSERT INTO license (number, customer_id, definition_id, version, product, trial, created_at, updated_at)
    VALUES ('${number}', gen_random_uuid(), gen_random_uuid(), 'v', 'QSEfW', false, '2026-01-01Z', '2026-01-01Z')`;
}

function token(role: string): string {
  return `INSERT INTO api_token (id, name, hash, role, created_by, created_at)
    VALUES (gen_random_uuid(), 'n', '\\x01', '${role}', 'me', '2026-01-01Z')`;
}

function signingKey(status: string, privateKey: string): string {
  return `INSERT INTO signing_key (kid, status, public_key, private_key, created_at)
    VALUES (gen_random_uuid(), '${status}', 'p', ${privateKey}, '2026-01-01Z')`;
}
