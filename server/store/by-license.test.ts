import { expect, test } from "vitest";
import { activate } from "@/server/deployments/activations";
import { boundedLicense, runOf } from "@/server/testing/test-leases";
import { NOW } from "@/server/testing/test-licenses";
import { element, meteredLicense, report } from "@/server/testing/test-reports";
import { useFreshStore } from "@/server/testing/test-store";
import { baseOf, deletion, patchFor, sync } from "@/server/testing/test-syncs";
import { store } from "./store";

useFreshStore();

/** Tables with a license that isn't in their primary key: an engine that distributes by license would need it there. */
const KEYED_OTHERWISE = [
  ...["api_token", "checkout", "control_number", "definition", "dual_use_offer", "dual_use_request"],
  ...["event", "event_outbox", "idempotent_request", "notes", "reclaim_exemption", "reclaim_run"],
  ...["reclaim_seat", "retrieval", "scim_effect", "signed_key"],
];
/** What products call, by the names of the statements. */
const HOT = [
  ...["license_activate", "consumption_book", "consumption_book_leases", "consumption_book_direct"],
  ...["leases_load", "leases_add", "leases_save", "sync_delta", "sync_snapshot", "seats_load"],
  ...["assignments_save", "roster_lock", "rosters_lock_free"],
];

type Table = { name: string; hasLicense: boolean; key: string };

/** Every table of ours, whether it has a column with the license, and the definition of its primary key. */
function tables(): Promise<Table[]> {
  const text = `SELECT c.relname AS name, pg_get_constraintdef(k.oid) AS key,
      EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'license') AS "hasLicense"
    FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
    ORDER BY c.relname COLLATE "C"`;
  return store().sql.query<Table>({ name: "tables_by_license", text }, []);
}

test("the primary key of a license's table has the license, except for a known list", async () => {
  const own = (await tables()).filter(({ hasLicense }) => hasLicense);
  expect(own.filter(({ key }) => !/\blicense\b/.test(key)).map(({ name }) => name)).toEqual(KEYED_OTHERWISE);
});

test("no hot statement reads or changes rows of a license without naming the license", async () => {
  const own = new Set((await tables()).filter(({ hasLicense }) => hasLicense).map(({ name }) => name));
  const hot = await hotStatements();
  expect(hot.map(({ name }) => name)).toEqual(expect.arrayContaining(HOT));
  const crossing = [];
  for (const { name, statement } of hot)
    for (const scan of await scansOf(statement))
      if (own.has(scan.table) && !scan.isByLicense) crossing.push(`${name}: ${scan.table}`);
  expect(crossing).toEqual([]);
});

/** What products do most, one after the other, so that one connection has prepared every statement. */
async function hotStatements() {
  const metered = await meteredLicense();
  const caller = metered.call();
  await activate(caller, "Initial", NOW);
  await report(caller, [element(7, { sequence: 1 })]);
  const added = await sync(caller, [patchFor(metered.number, "acme\\ann")]);
  await sync(caller, added.patches.map(deletion), { base: baseOf(added) });
  const run = runOf((await boundedLicense()).call());
  await run.ask(60);
  run.use(5);
  await run.report(60);
  const text = "SELECT name, statement FROM pg_prepared_statements ORDER BY name";
  return store().sql.query<{ name: string; statement: string }>({ name: "prepared", text }, []);
}

type PlanNode = { Plans?: PlanNode[]; "Relation Name"?: string; Alias?: string; Operation?: string } & {
  [more: string]: unknown;
};

/** The tables that a statement reads in the plan that connections keep, and whether it finds their rows by license. */
async function scansOf(statement: string): Promise<{ table: string; isByLicense: boolean }[]> {
  const text = `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${statement}`;
  const rows = await store().sql.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>({ name: "", text }, []);
  const nodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  const all = (rows[0]?.["QUERY PLAN"] ?? []).flatMap(({ Plan }) => nodes(Plan));
  const joined = all.map(conditionsOf).join(" ");
  return all
    .filter((node) => node["Relation Name"] && !node.Operation)
    .map((node) => ({
      table: node["Relation Name"] ?? "",
      isByLicense:
        /(?<!\.)\blicense = | = license\b/.test(conditionsOf(node)) || // in an index or a filter of its own
        new RegExp(`\\b${node.Alias}\\.license = | = ${node.Alias}\\.license\\b`).test(joined),
    }));
}

function conditionsOf(node: PlanNode): string {
  const conditions = Object.entries(node).filter(([name]) => /Cond|Filter/.test(name));
  return conditions.map(([, text]) => String(text)).join(" ");
}
