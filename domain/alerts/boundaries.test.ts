import { expect, test } from "vitest";
import type { Overage } from "@/domain/licenses/definition";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { seatState, timeState } from "@/domain/licenses/license-state";
import type { RuleSubject } from "./alert-rules";
import { installationConditions } from "./installation-conditions";
import { licenseConditions } from "./license-conditions";
import type { LicenseFacts } from "./license-facts";
import { reachedLimits } from "./reached-limits";

const NOW = new Date("2026-08-24T10:00:00Z");
const NOTHING: LicenseFacts = {
  status: "active",
  standing: "active",
  endsAt: null,
  allotments: [],
  deployments: [],
  checkouts: [],
  releases: [],
  rejected: 0,
};

function minutesOf(
  quota: number,
  overage: Overage,
  total: number,
  expected: number | null,
): LicenseAllotment {
  const grant = { quota, overage };
  const rest = { reserved: 0, remaining: null, denied: false, hasEnded: false, crossing: null };
  return {
    class: "time",
    name: "t",
    total,
    ...grant,
    ...rest,
    expected,
    state: timeState(grant, total, false),
  };
}

function seatsOf(units: number, taken: number): LicenseAllotment {
  const state = seatState(taken, units);
  return { class: "assigned", name: "s", live: taken, units, reserved: 0, state, isDropped: false };
}

/** How long before the 24th of August, 10:00 UTC: days, or days and seconds. */
const ago = (days: number, seconds = 0) => new Date(NOW.getTime() - days * 86_400_000 - seconds * 1000);

type Facts = (value: number) => Partial<LicenseFacts>;

const capacity =
  (quota: number, overage: Overage = 0): Facts =>
  (total) => ({ allotments: [minutesOf(quota, overage, total, null)] });
const forecast =
  (quota: number, total: number): Facts =>
  (expected) => ({ allotments: [minutesOf(quota, 0, total, expected)] });
const seats =
  (units: number): Facts =>
  (taken) => ({ allotments: [seatsOf(units, taken)] });
const rejected: Facts = (users) => ({ rejected: users });

/** The same place in time as a number: seconds before (negative) or after a boundary of so many days. */
const endsIn =
  (days: number): Facts =>
  (seconds) => ({ endsAt: ago(-days, seconds) });
const silentFor =
  (days: number): Facts =>
  (seconds) => ({ deployments: [{ source: "a", name: null, lastSeen: ago(days, seconds) }] });
const checkoutEndsIn =
  (days: number, lasts = 90): Facts =>
  (seconds) => {
    const expires = ago(-days, seconds);
    const issued = new Date(expires.getTime() - lasts * 86_400_000);
    return { checkouts: [{ id: "c", label: "", product: "QSEfW", issued, expires }] };
  };

/**
 * Each row is a rule on one fact, and values of the fact with the state of the condition: `+` fires, `=` neither
 * fires nor resolves, `-` resolves, `.` there is no such condition.
 */
const ROWS: [RuleSubject, number | undefined, Facts, string][] = [
  ["capacity.percent", 80, capacity(100), "0- 1- 74- 75= 76= 79= 80+ 81+ 100+ 1000+"],
  ["capacity.percent", 95, capacity(100), "0- 80- 89- 90= 94= 95+ 96+ 100+"],
  ["capacity.percent", 100, capacity(100, 20), "80- 94- 95= 99= 100+ 101+ 120+"],
  ["capacity.percent", 100, capacity(10_000), "0- 9499- 9500= 9999= 10000+ 10001+"],
  ["capacity.percent", 120, capacity(100, "YES"), "100- 114- 115= 119= 120+ 121+"],
  ["capacity.percent", 80, capacity(1), "0- 1+ 2+"],
  ["capacity.percent", 80, capacity(3), "0- 1- 2= 3+ 4+"],
  ["capacity.percent", 33, capacity(1000), "279- 280= 329= 330+"],
  ["capacity.percent", 80, capacity(0), "0- 1+"],
  ["capacity.percent", 80, capacity(0, "YES"), "0- 1+ 500+"],
  ["capacity.minutes", 4000, capacity(10_000), "0- 3499- 3500= 3999= 4000+ 4001+"],
  ["capacity.minutes", 20_000, capacity(10_000), "10000- 19499- 19500= 19999= 20000+"],
  ["capacity.minutes", 1, capacity(10_000), "0- 1+"],
  ["overage.percent", 50, capacity(100, 20), "100- 103- 104= 109= 110+ 120+"],
  ["overage.percent", 100, capacity(100, 20), "100- 113- 114= 119= 120+ 121+"],
  ["overage.percent", 100, capacity(100, 0), "94- 95= 99= 100+ 101+"],
  ["overage.percent", 100, capacity(0, 0), "0- 1+"],
  ["overage.percent", 100, capacity(100, "YES"), "0. 100. 5000."],
  ["overage.minutes", 10, capacity(100, 20), "100- 103- 104= 109= 110+"],
  ["overage.minutes", 21, capacity(100, 20), "100. 121."],
  ["overage.minutes", 500, capacity(100, "YES"), "100- 594- 595= 599= 600+"],
  ["seats.percent", 80, seats(10), "0- 6- 7= 8+ 10+ 11+"],
  ["seats.percent", 95, seats(10), "8- 9= 10+"],
  ["seats.percent", 100, seats(10), "0- 8- 9= 10+ 12+"],
  ["seats.percent", 100, seats(1), "0- 1+ 2+"],
  ["seats.percent", 100, seats(2), "0- 1= 2+"],
  ["seats.percent", 100, seats(1000), "949- 950= 999= 1000+"],
  ["seats.percent", 80, seats(0), "0- 1+ 3+"],
  ["seats.percent", 80, seats(11), "7- 8= 9+ 10+"],
  ["capacity.percent", 1, capacity(100), "0- 1+ 2+"],
  ["seats.number", 5, seats(10), "3- 4= 5+ 6+"],
  ["seats.number", 12, seats(10), "10- 11= 12+"],
  ["forecast", undefined, forecast(1000, 500), "0- 949- 950= 1000= 1001+ 2000+"],
  ["forecast", undefined, forecast(1000, 999), "999= 1001+"],
  ["forecast", undefined, forecast(1000, 1000), "1001- 2000-"],
  ["forecast", undefined, forecast(0, 0), "0. 10."],
  ["license.days", 60, endsIn(60), "-86400- -1- 0+ 1+ 86400+"],
  ["license.days", 30, endsIn(30), "-1- 0+ 1+"],
  ["license.days", 7, endsIn(7), "-1- 0+ 604799+ 604800- 604801-"],
  ["license.days", 0, endsIn(0), "-1- 0+ 1+ 2591999+ 2592000- 2592001-"],
  ["checkout.days", 7, checkoutEndsIn(7), "-1- 0+ 604799+ 604800-"],
  ["checkout.days", 7, checkoutEndsIn(7, 7), "0. 1."],
  ["checkout.days", 7, checkoutEndsIn(7, 8), "-1- 0+"],
  ["silent.days", 3, silentFor(3), "-1- 0+ 1+ 4924800+ 4924801-"],
  ["silent.days", 1, silentFor(1), "-86400- -1- 0+"],
  ["silent.days", 60, silentFor(60), "-1- 0+ 1-"],
  ["rejections.number", 10, rejected, "0- 4- 5= 9= 10+ 11+"],
  ["rejections.number", 1, rejected, "0- 1+"],
  ["rejections.number", 2, rejected, "0- 1= 2+"],
];

const SIGNS = { on: "+", held: "=", off: "-" } as const;

const CASES = ROWS.flatMap(([when, value, facts, cases], row) =>
  cases.split(" ").map((text) => {
    const fact = Number(text.slice(0, -1));
    return { when, value, fact, sign: text.slice(-1), facts: { ...NOTHING, ...facts(fact) }, row };
  }),
);

test("there are more than 200 boundary cases", () => expect(CASES.length).toBeGreaterThan(200));

test.each(CASES)("row $row: $when $value at $fact is $sign", ({ when, value, facts, sign }) => {
  const [condition] = licenseConditions(facts, [{ when, value }], NOW);
  expect(condition ? SIGNS[condition.state] : ".").toBe(sign);
});

const NO_FACTS = { tokens: [], signingKeys: [], webhooks: [], copies: { backups: null, upHours: 1 } };

test.each([
  ["token.days", 7, -1, "-"],
  ["token.days", 7, 0, "+"],
  ["token.days", 7, 604_799, "+"],
  ["token.days", 7, 604_800, "-"],
] as const)("%s %i at %i seconds after its boundary is %s", (when, value, seconds, sign) => {
  const token = { id: "t", name: "Sync", created: ago(365), expires: ago(-7, seconds) };
  const facts = { ...NO_FACTS, tokens: [token] };
  const [condition] = installationConditions(facts, [{ when, value }], NOW);
  expect(condition && SIGNS[condition.state]).toBe(sign);
});

test.each([
  [699, 86_399, "-"],
  [700, 0, "+"],
  [730, 0, "+"],
  [2000, 0, "+"],
])("a signing key of %i days and %i seconds: %s", (days, seconds, sign) => {
  const facts = { ...NO_FACTS, signingKeys: [{ kid: "k", created: ago(days, seconds) }] };
  const [condition] = installationConditions(facts, [{ when: "signing-key.days", value: 30 }], NOW);
  expect(condition && SIGNS[condition.state]).toBe(sign);
});

test.each(["suspended", "revoked"] as const)("a license that is %s has no conditions", (status) => {
  const facts = { ...NOTHING, ...capacity(100)(100), status };
  expect(licenseConditions(facts, [{ when: "capacity.percent", value: 80 }], NOW)).toEqual([]);
});

test("an expired license only says that it expired", () => {
  const facts = { ...NOTHING, ...capacity(100)(100), standing: "expired" as const, endsAt: ago(20) };
  const rules = [
    { when: "capacity.percent", value: 80 },
    { when: "license.days", value: 0 },
    { when: "license.days", value: 60 },
  ] as const;
  const kinds = licenseConditions(facts, rules, NOW).map(({ kind, state }) => [kind, state]);
  expect(kinds).toEqual([
    ["expired", "on"],
    ["expiring", "off"],
  ]);
});

test.each([
  ["capacity.percent", 80, 100, 20, "capacity.threshold"],
  ["capacity.percent", 100, 100, 20, "capacity.quota-reached"],
  ["capacity.minutes", 100, 100, 20, "capacity.quota-reached"],
  ["capacity.minutes", 120, 100, 20, "capacity.threshold"],
  ["overage.percent", 50, 100, 20, "capacity.threshold"],
  ["overage.percent", 100, 100, 20, "capacity.cap-reached"],
  ["overage.percent", 100, 100, 0, "capacity.cap-reached"],
  ["overage.minutes", 20, 100, 20, "capacity.cap-reached"],
  ["overage.minutes", 20, 100, "YES", "capacity.threshold"],
] as const)("%s %i of %i + %s is %s", (when, value, quota, overage, kind) => {
  const facts = { ...NOTHING, allotments: [minutesOf(quota, overage, 0, null)] };
  expect(licenseConditions(facts, [{ when, value }], NOW)[0]?.kind).toBe(kind);
});

test("rules that mean the same limit of a small pool are one condition", () => {
  const rules = [80, 95, 100].map((value) => ({ when: "seats.percent" as const, value }));
  const facts = { ...NOTHING, ...seats(1)(1) };
  expect(licenseConditions(facts, rules, NOW).map(({ kind, rule }) => [kind, rule])).toEqual([
    ["seats.full", "seats.percent 100"],
  ]);
});

test("a rule of one allotment is about that one, whatever its case", () => {
  const facts = { ...NOTHING, ...capacity(100)(100) };
  const about = (allotment: string) =>
    licenseConditions(facts, [{ when: "capacity.percent", value: 80, allotment }], NOW).length;
  expect([about("T"), about("other")]).toEqual([1, 0]);
});

test.each<[string, Partial<LicenseFacts>, string[]]>([
  ["nothing is reached", { ...capacity(100, 20)(99), endsAt: ago(-1) }, []],
  ["the quota", capacity(100, 20)(100), ["capacity.quota-reached"]],
  ["quota and cap", capacity(100, 20)(120), ["capacity.quota-reached", "capacity.cap-reached"]],
  ["open overage has no cap", capacity(100, "YES")(5000), ["capacity.quota-reached"]],
  ["the last seat", seats(10)(10), ["seats.full"]],
  ["one seat is free", seats(10)(9), []],
  ["the end", { standing: "expired", endsAt: ago(0), ...seats(1)(1) }, ["expired"]],
  ["a suspended license", { status: "suspended", ...seats(1)(1) }, []],
])("limits that are reached without any rule: %s", (_, facts, kinds) => {
  expect(reachedLimits({ ...NOTHING, ...facts }, NOW).map(({ kind }) => kind)).toEqual(kinds);
});
