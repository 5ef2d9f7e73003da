import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import { SYSTEM } from "@/server/access/actor";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { recordConsumption } from "@/server/consumption/consumption";
import { recordSessions } from "@/server/consumption/sessions/session-intake";
import { store } from "@/server/store/store";
import { BROKEN } from "@/server/testing/test-broken-rules";
import { licenseWithKey } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { rowsForRules } from "@/server/testing/test-rule-rows";
import { useStore } from "@/server/testing/test-store";
import { atOneMoment, checkedRules, runCheck } from "./check";
import type { CheckedRule } from "./check-rules";

useStore();

beforeAll(async () => {
  const { call, number } = await licenseWithKey({
    allotments: [seats("analyzer", 2), seats("professional", 1), minutes("analyzer_time", 100)],
  });
  const caller = call();
  const created = NOW.toISOString();
  const patch = { instance: "", version: 0, license: number, allotment: "analyzer", created };
  const add = (subject: string) => ({ ...patch, subject });
  const sync = (patches: Parameters<typeof syncAssignments>[0]["patches"]) =>
    syncAssignments({ caller, base: null, after: null, patches, now: NOW });
  await sync(["acme\\ann", "acme\\bob", "acme\\cid"].map(add));
  await sync([{ ...add("acme\\ann"), deleted: created }, add("eve@acme.example")]);
  const alias = { subject: "eve@acme.example", alias: "acme\\eve" };
  await declareAlias({ license: number, actor: SYSTEM, now: NOW }, alias);
  const shares = [{ allotment: "professional", units: 1 }];
  await issueCheckout(number, { product: "QSEfW", source: "mill", shares }, SYSTEM, NOW);
  const session = { id: "s", subject: "acme\\ann", app: "Sales", start: created, end: created, minutes: 5 };
  const sent = ["2026-08", "2026-07"].map((month) => {
    return { allotment: "analyzer_time", month, consumption: 5, sessions: [session] };
  });
  const elements = sent.map((element) => readElement(element, NOW));
  const report = { caller, elements, now: NOW };
  await recordSessions(report, sent, await recordConsumption(report));
  await rowsForRules(number);
});

const brokenIn = (checked: CheckedRule[]) => checked.filter(({ broken }) => broken > 0);

test("a store that only the product wrote keeps every rule, and each rule checked rows", async () => {
  const told: string[] = [];
  const checked = await runCheck(({ rule }) => told.push(rule));
  expect(brokenIn(checked)).toEqual([]);
  expect(checked.filter(({ rows }) => rows === 0)).toEqual([]);
  expect(told).toEqual(checked.map(({ rule }) => rule));
});

test("every rule has a name and a sentence of its own, is in the guide, and is broken below", async () => {
  const rules = await runCheck();
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
  const names = rules.map(({ name }) => name).filter((name) => name !== "audit-chains");
  expect(new Set(BROKEN.flatMap(({ rules }) => rules))).toEqual(new Set(names));
  const guide = readFileSync("docs/operating.md", "utf8");
  expect(rules.filter(({ name, rule }) => !guide.includes(`| \`${name}\` | ${rule} |`))).toEqual([]);
});

test.each(BROKEN)("$rules: the check finds $what, and nothing else", async ({ rules, sql, id }) => {
  const found = brokenIn(await checkedAfter(sql));
  expect(found.map(({ name }) => name).sort()).toEqual(rules.toSorted());
  expect(found.find(({ name }) => name === rules[0])?.first[0]).toMatch(id);
});

test("the check finds an event that was changed, and names it", async () => {
  const change = (actor: string) =>
    store().db.$executeRawUnsafe(
      `UPDATE audit_event SET actor = ${actor} WHERE chain <> 'installation' AND sequence = 2`,
    );
  await change("'e' || actor");
  const [found] = brokenIn(await runCheck());
  expect(found).toMatchObject({
    name: "audit-chains",
    first: expect.arrayContaining([expect.stringMatching(/^\d{16} 2 /)]),
  });
  await change("substr(actor, 2)");
  expect(brokenIn(await runCheck())).toEqual([]);
});

/** What the check finds after a change that is rolled back again. */
async function checkedAfter(statements: string[]): Promise<CheckedRule[]> {
  const checked: CheckedRule[] = [];
  const undone = atOneMoment(60_000, async (tx) => {
    for (const sql of statements) await tx.$executeRawUnsafe(sql);
    for await (const rule of checkedRules(tx)) checked.push(rule);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  return checked;
}
