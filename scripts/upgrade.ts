// Migrates a large store of release 0.2.0 while it is written, and measures how long any statement waits:
// npm run upgrade -- --assignments 1000000. Exits with 1 if one waits longer than two seconds.
import { parseArgs } from "node:util";
import pg from "pg";
import { migratePostgres, readMigrations } from "@/server/store/migrations";
import { embeddedPostgres } from "./postgres";

const { values } = parseArgs({ options: { assignments: { type: "string", default: "1000000" } } });
const ASSIGNMENTS = Number(values.assignments);
/** The last migration of that release. */
const RELEASED = "20261128201813_allotment_products";
const LICENSES = 100;
/** A store with so many assignments has about as many events, and fewer of everything else. */
const LARGE = ["assignment", "audit_event"];
/** SQL for the number of a license, of a row of many or of one of its own. */
const NUMBER = `lpad((i % ${LICENSES})::text, 16, '0')`;
const OWN_NUMBER = "lpad(i::text, 16, '0')";
/** Values that a constraint of the table asks for. */
const ASKED: Record<string, Record<string, string>> = {
  assignment: { subject: "decode(repeat(md5(i::text), 3), 'hex')" },
  api_token: { role: "'auditor'" },
  signing_key: { status: "'retired'", private_key: "''", retired_at: "now()" },
  license: { number: OWN_NUMBER },
  roster: { license: OWN_NUMBER },
  audit_verification: { chain: OWN_NUMBER },
};
const WRITTEN = "'0000000000000007'";
/** What servers of that release keep doing. */
const STATEMENTS = [
  `UPDATE assignment SET last_used = current_date WHERE license = ${WRITTEN} AND instance = $1`,
  `UPDATE roster SET version = version + 1 WHERE license = ${WRITTEN} AND $1::bigint > 0`,
  `UPDATE usage SET consumed = consumed + 1 WHERE license = ${WRITTEN} AND $1::bigint > 0`,
  `SELECT count(*) FROM audit_event WHERE chain = ${WRITTEN} AND sequence = $1`,
];
const LONGEST_MS = 2000;

const postgres = await embeddedPostgres({ durable: true });
try {
  const released = readMigrations().filter(({ name }) => name <= RELEASED);
  await migratePostgres(postgres.url(), released);
  await fill();
  const running = startStatements();
  const begun = performance.now();
  const applied = await migratePostgres(postgres.url());
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const { statements, longest } = await running();
  console.log(`${applied.length} migrations in ${seconds} s, beside ${statements} statements.`);
  for (const [statement, ms] of longest) console.log(`The longest wait: ${Math.round(ms)} ms, ${statement}`);
  process.exitCode = Math.max(...longest.values()) > LONGEST_MS ? 1 : 0;
} finally {
  await postgres.remove();
}

type Column = { table: string; name: string; type: string; label: string | null };

/** Fills every table: each column that must have a value gets one of its type. */
async function fill(): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url() });
  await client.connect();
  await client.query("SET session_replication_role = replica"); // Rows need no other row to exist.
  const { rows } = await client.query<Column>(`
    SELECT c.table_name AS table, c.column_name AS name, c.udt_name AS type, (SELECT e.enumlabel FROM pg_enum e
      JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = c.udt_name ORDER BY e.enumsortorder LIMIT 1) AS label
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> '_prisma_migrations'
      AND c.is_nullable = 'NO' AND c.column_default IS NULL`);
  for (const table of new Set(rows.map((row) => row.table))) {
    const columns = rows.filter((row) => row.table === table);
    if (table === "installation") continue;
    const count = LARGE.includes(table) ? ASSIGNMENTS : Math.ceil(ASSIGNMENTS / 20);
    await client
      .query(insertion(table, columns, count))
      .then(() => console.log(`${table}: ${count} rows`))
      .catch((error: Error) => console.log(`${table}: no rows, because ${error.message}`));
  }
  await client.query("ANALYZE");
  await client.end();
}

function insertion(table: string, columns: readonly Column[], count: number): string {
  const made = {
    ...Object.fromEntries(columns.map((column) => [column.name, madeValue(column)])),
    ...ASKED[table],
  };
  const names = Object.keys(made)
    .map((name) => `"${name}"`)
    .join(", ");
  return `INSERT INTO "${table}" (${names}) SELECT ${Object.values(made).join(", ")} FROM generate_series(1, ${count}) AS i`;
}

/** SQL for the value of a column in row `i`. */
function madeValue({ name, type, label }: Column): string {
  if (label !== null) return `'${label}'`;
  if (["license", "chain"].includes(name)) return NUMBER;
  if (name === "month") return "'2026-08'";
  if (type === "uuid") return "gen_random_uuid()";
  if (/^(int|numeric|float)/.test(type)) return "i";
  if (/^(timestamp|date)/.test(type)) return "now()";
  if (type === "bool") return "false";
  if (type === "bytea") return "decode(md5(i::text), 'hex')";
  if (type.startsWith("json")) return "'{}'";
  return type.startsWith("_") ? "'{}'" : "'text ' || i";
}

/** Runs each statement on a connection of its own until the returned function is called, which tells the waits (ms). */
function startStatements(): () => Promise<{ statements: number; longest: Map<string, number> }> {
  const longest = new Map<string, number>();
  let [statements, isEnded] = [0, false];
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: postgres.url() });
    await client.connect();
    for (let row = 7; !isEnded; row = (row + LICENSES) % ASSIGNMENTS) {
      const begun = performance.now();
      await client.query(text, [row]);
      longest.set(text, Math.max(longest.get(text) ?? 0, performance.now() - begun));
      statements += 1;
      await new Promise((done) => setTimeout(done, 2));
    }
    await client.end();
  };
  const running = STATEMENTS.map(run);
  return async () => {
    isEnded = true;
    await Promise.all(running);
    return { statements, longest };
  };
}
