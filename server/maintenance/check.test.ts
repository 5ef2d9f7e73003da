import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import { SYSTEM } from "@/server/access/actor";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { recordConsumption } from "@/server/consumption/consumption";
import { recordSessions } from "@/server/consumption/sessions/session-intake";
import { forgetProcessState } from "@/server/store/per-process";
import { store } from "@/server/store/store";
import { licenseWithKey } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { runCheck } from "./check";

useStore();

let number: string;
beforeAll(async () => {
  const { call, ...license } = await licenseWithKey({
    allotments: [seats("analyzer", 2), seats("professional", 1), minutes("analyzer_time", 100)],
  });
  number = license.number;
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
});

const broken = async () =>
  (await runCheck()).filter(({ broken }) => broken > 0).map(({ rule, first }) => [rule, ...first]);

test("a store that only the product wrote keeps every rule, and each rule checked rows", async () => {
  const told: string[] = [];
  const checked = await runCheck(({ rule }) => told.push(rule));
  expect(checked.filter(({ broken }) => broken > 0)).toEqual([]);
  expect(checked.filter(({ rows }) => rows === 0)).toEqual([]);
  expect(told).toEqual(checked.map(({ rule }) => rule));
});

describe("data that was changed behind the product's back is found and named", () => {
  let restore: string[] = [];
  afterEach(async () => {
    for (const sql of restore) await store().db.$executeRawUnsafe(sql);
    expect(await broken()).toEqual([]);
  });

  const cases: [string, string[], string[], RegExp, RegExp][] = [
    [
      "a share that counts wrong",
      ["UPDATE checkout_share SET live = live + 1"],
      ["UPDATE checkout_share SET live = live - 1"],
      /each share counts/,
      /^\d{16} mill professional$/,
    ],
    [
      "a seat that is not counted",
      ["UPDATE allotment SET live = live + 1 WHERE key = 'analyzer'"],
      ["UPDATE allotment SET live = live - 1 WHERE key = 'analyzer'"],
      /count of each allotment/,
      /^\d{16} analyzer$/,
    ],
    [
      "more late minutes than minutes",
      ["UPDATE usage_late SET consumed = consumed + 1"],
      ["UPDATE usage_late SET consumed = consumed - 1"],
      /late usage of a month/,
      /^\d{16} analyzer_time 2026-07 \S+$/,
    ],
    [
      "a month that is too high",
      ["UPDATE usage_month SET total = total + 1 WHERE month = '2026-08'"],
      ["UPDATE usage_month SET total = total - 1 WHERE month = '2026-08'"],
      /total of each month/,
      /^\d{16} analyzer_time 2026-08$/,
    ],
    [
      "days that do not add up",
      ["UPDATE usage_day SET consumed = consumed + 1 WHERE month = '2026-08'"],
      ["UPDATE usage_day SET consumed = consumed - 1 WHERE month = '2026-08'"],
      /total of each month/,
      /2026-08$/,
    ],
    [
      "a source whose month has no total",
      ["INSERT INTO usage VALUES ('9999999999999999', 'core_time', '2026-07', 's', 5, 0)"],
      ["DELETE FROM usage WHERE license = '9999999999999999'"],
      /total of each month/,
      /^9999999999999999 core_time 2026-07$/,
    ],
    [
      "a session that is not counted",
      ["UPDATE session_month SET sessions = 2 WHERE month = '2026-08'"],
      ["UPDATE session_month SET sessions = 1 WHERE month = '2026-08'"],
      /each month counts its sessions/,
      /^\d{16} 2026-08$/,
    ],
    [
      "a denial that was never reported",
      ["UPDATE session_month SET denials = denials + 1 WHERE month = '2026-08'"],
      ["UPDATE session_month SET denials = denials - 1 WHERE month = '2026-08'"],
      /each month counts its denials/,
      /^\d{16} 2026-08$/,
    ],
    [
      "an app with more minutes than its sessions",
      ["UPDATE session_total SET minutes = minutes + 1 WHERE kind = 'app' AND month = '2026-07'"],
      ["UPDATE session_total SET minutes = minutes - 1 WHERE kind = 'app' AND month = '2026-07'"],
      /sums by user, app and deployment/,
      /^\d{16} 2026-07 analyzer_time app$/,
    ],
    [
      "a version above the roster's",
      ["UPDATE roster SET version = version - 1 WHERE version > 0"],
      ["UPDATE roster SET version = version + 1 WHERE version > 0"],
      /versions of a license's assignments/,
      /^\d{16} \d+$/,
    ],
    [
      "two assignments of one version",
      [
        "DROP INDEX assignment_license_version_key",
        "UPDATE assignment SET version = version - 1 WHERE version = 2",
      ],
      [
        "UPDATE assignment SET version = version + 1 WHERE added_version = 2",
        "CREATE UNIQUE INDEX assignment_license_version_key ON assignment (license, version)",
      ],
      /versions of a license's assignments/,
      /^\d{16} \d+$/,
    ],
    [
      "a tombstone below the horizon",
      ["UPDATE roster SET horizon = version WHERE version > 0"],
      ["UPDATE roster SET horizon = 0"],
      /no tombstone is left/,
      /^\d{16} \d+$/,
    ],
    [
      "a subject that was moved to another row",
      [
        "UPDATE assignment a SET subject = b.subject FROM assignment b WHERE a.added_version = 2 AND b.added_version = 4",
      ],
      [],
      /every live assignment has a subject/,
      /^\d{16} \d+$/,
    ],
    [
      "an index of another subject",
      ["UPDATE assignment SET subject_index = '\\x00' WHERE added_version = 4"],
      [],
      /every live assignment has a subject/,
      /^\d{16} \d+$/,
    ],
    [
      "a released seat that kept its subject",
      [
        "ALTER TABLE assignment DROP CONSTRAINT assignment_subject",
        "UPDATE assignment SET subject = '\\x00' WHERE deleted IS NOT NULL",
      ],
      [
        "UPDATE assignment SET subject = NULL WHERE deleted IS NOT NULL",
        `ALTER TABLE assignment ADD CONSTRAINT assignment_subject CHECK ((deleted IS NULL) = (subject IS NOT NULL))`,
      ],
      /every live assignment has a subject/,
      /^\d{16} \d+$/,
    ],
    [
      "an alias of a seat that isn't declared",
      ["UPDATE subject_alias SET alias_index = '\\x00' || alias_index"],
      ["UPDATE subject_alias SET alias_index = substring(alias_index FROM 2)"],
      /every live assignment has a subject/,
      /^\d{16} \d+$/,
    ],
    [
      "a seat under an alias",
      [
        "UPDATE assignment SET subject_index = (SELECT alias_index FROM subject_alias) WHERE added_version = 4",
      ],
      [],
      /none under an alias/,
      /^\d{16} \d+$/,
    ],
    [
      "a license that doesn't know its alias",
      ["UPDATE license SET has_aliases = false"],
      ["UPDATE license SET has_aliases = true WHERE number IN (SELECT license FROM subject_alias)"],
      /an alias has no alias/,
      /^\d{16} /,
    ],
    [
      "a rejection of another source",
      ["UPDATE rejection SET source = source || 'x'"],
      ["UPDATE rejection SET source = left(source, -1)"],
      /every rejection has a subject/,
      /^\d{16} analyzer .* NO_AVAILABLE_UNITS$/,
    ],
    [
      "a deployment named like a user",
      ["UPDATE deployment SET name = 'Laptop of ACME\\BOB'"],
      ["UPDATE deployment SET name = NULL"],
      /names a live subject/,
      /^\d{16} deployment /,
    ],
    [
      "a definition that was changed in place",
      [`UPDATE definition SET content = jsonb_set(content, '{trial}', 'true')`],
      [`UPDATE definition SET content = jsonb_set(content, '{trial}', 'false')`],
      /version of each definition/,
      /^\d{16} [0-9a-f-]{36}$/,
    ],
    [
      "a license that names another version than its definition's",
      ["UPDATE license SET version = reverse(version)"],
      ["UPDATE license SET version = reverse(version)"],
      /every license names a definition/,
      /^\d{16}$/,
    ],
    [
      "an allotment that lost the product that it is for",
      ["UPDATE allotment SET products = '{QV}' WHERE key = 'analyzer'"],
      ["UPDATE allotment SET products = '{}'"],
      /each allotment is for the products/,
      /^\d{16} /,
    ],
    [
      "a license without data keys",
      ["UPDATE data_key SET scope = 'x' || scope WHERE scope <> 'installation' AND purpose = 'mac'"],
      ["UPDATE data_key SET scope = substr(scope, 2) WHERE scope LIKE 'x%'"],
      /has both data keys/,
      /^\d{16}$/,
    ],
    [
      "an event that was changed",
      [`UPDATE audit_event SET actor = 'e' || actor WHERE chain <> 'installation' AND sequence = 2`],
      [`UPDATE audit_event SET actor = substr(actor, 2) WHERE chain <> 'installation' AND sequence = 2`],
      /every audit chain/,
      /^\d{16} 2 /,
    ],
    [
      "an installation without an active signing key",
      ["UPDATE signing_key SET status = 'retired'"],
      ["UPDATE signing_key SET status = 'active'"],
      /signing key is active/,
      /signing key/,
    ],
  ];

  test.each(cases)("the check finds %s", async (_, spoil, mend, rule, id) => {
    const before = await store().db.assignment.findMany();
    for (const sql of spoil) await store().db.$executeRawUnsafe(sql);
    restore = mend;
    forgetProcessState();
    const found = await broken();
    expect(found).toContainEqual([expect.stringMatching(rule), expect.stringMatching(id)]);
    for (const { license, instance, subject, subjectIndex } of before)
      await store().db.assignment.update({
        where: { license_instance: { license, instance } },
        data: { subject, subjectIndex },
      });
  });
});
