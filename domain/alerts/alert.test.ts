import fc from "fast-check";
import { expect, test } from "vitest";
import { addMonths, monthStart } from "@/domain/month";
import { alertChanges, type Condition, type KnownAlert } from "./alert";
import type { AlertRule } from "./alert-rules";
import { licenseConditions } from "./license-conditions";
import type { LicenseFacts } from "./license-facts";

const condition = (more: Partial<Condition> = {}): Condition => ({
  kind: "seats.full",
  series: "seats s",
  rule: "seats.percent 100",
  rank: 10,
  state: "on",
  term: "",
  once: "2026-08 of 10",
  data: {},
  ...more,
});
const known = (more: Partial<KnownAlert> = {}): KnownAlert => {
  const { series, rule, term, once, rank } = condition();
  return { id: "a", series, rule, term, once, rank, isOpen: true, ...more };
};
const tell = (conditions: Condition[], before: KnownAlert[]) => {
  const { fired, ...rest } = alertChanges(conditions, before);
  return {
    ...rest,
    fired: fired.map(({ condition: { rule }, isAnnounced }) => `${rule}${isAnnounced ? " told" : ""}`),
  };
};
const nothing = { fired: [], reopened: [], resolved: [] };

test("a crossing fires once", () => {
  expect(tell([condition()], [])).toEqual({ ...nothing, fired: ["seats.percent 100 told"] });
  expect(tell([condition()], [known()])).toEqual(nothing);
  expect(tell([condition({ state: "held" })], [])).toEqual(nothing);
});

test("between its limits an alert stays, and below it is resolved", () => {
  expect(tell([condition({ state: "held" })], [known()])).toEqual(nothing);
  expect(tell([condition({ state: "off" })], [known()])).toEqual({ ...nothing, resolved: ["a"] });
  expect(tell([], [known()])).toEqual({ ...nothing, resolved: ["a"] });
});

test("a second crossing in the same month opens the alert again without telling it", () => {
  const before = [known({ isOpen: false })];
  expect(tell([condition()], before)).toEqual({ ...nothing, reopened: ["a"] });
  const next = condition({ once: "2026-09 of 10" });
  expect(tell([next], before)).toEqual({ ...nothing, fired: ["seats.percent 100 told"] });
});

test("an alert that stays open over the end of the month isn't told again", () => {
  expect(tell([condition({ once: "2026-09 of 10" })], [known()])).toEqual(nothing);
});

test("an alert of another term is resolved, and the new term fires", () => {
  expect(tell([condition({ term: "2026-09", once: "2026-09" })], [known({ term: "2026-08" })])).toEqual({
    ...nothing,
    fired: ["seats.percent 100 told"],
    resolved: ["a"],
  });
});

test("of several limits that were crossed at once only the highest is told", () => {
  const lower = condition({ rule: "seats.percent 80", rank: 8 });
  expect(tell([lower, condition()], []).fired).toEqual(["seats.percent 80", "seats.percent 100 told"]);
  expect(tell([lower, condition()], [known()]).fired).toEqual(["seats.percent 80"]);
  const other = condition({ series: "seats other", rule: "seats.percent 80", rank: 8 });
  expect(tell([other, condition()], []).fired).toEqual(["seats.percent 80 told", "seats.percent 100 told"]);
});

const RULES: AlertRule[] = [80, 95, 100].flatMap((value) => [
  { when: "capacity.percent" as const, value },
  { when: "seats.percent" as const, value },
]);

/** One look at a license: the month, the usage, and the quota of the moment. */
const look = fc.record({
  months: fc.nat(2),
  total: fc.nat(130),
  taken: fc.nat(12),
  quota: fc.constantFrom(100, 100, 100, 120),
  units: fc.constantFrom(10, 10, 10, 11),
  isRepeated: fc.boolean(),
});

test("whatever happens, nothing is told twice for one limit in one month, and nothing flaps within the margin", () => {
  fc.assert(
    fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
      let month = "2026-08";
      let alerts: (KnownAlert & { value: number })[] = [];
      const told = new Set<string>();
      for (const { months, total, taken, quota, units, isRepeated } of looks) {
        month = addMonths(month, months === 2 ? 1 : 0);
        const now = monthStart(month);
        const conditions = licenseConditions(factsOf({ total, taken, quota, units }), RULES, now);
        for (let run = 0; run < (isRepeated ? 2 : 1); run++) {
          const { fired, reopened, resolved } = alertChanges(conditions, alerts);
          if (run > 0) expect({ fired, reopened, resolved }).toEqual(nothing);
          for (const { condition: made } of fired) {
            const key = `${made.series} ${made.rule} ${made.once}`;
            expect(told).not.toContain(key);
            told.add(key);
          }
          for (const id of resolved)
            expect(conditionFor(alerts, id, conditions)?.state ?? "off").not.toBe("held");
          alerts = alerts.map((alert) => ({
            ...alert,
            isOpen: reopened.includes(alert.id) || (alert.isOpen && !resolved.includes(alert.id)),
          }));
          alerts.push(
            ...fired.map(({ condition: made }, i) => ({
              ...made,
              id: `${told.size} ${i}`,
              isOpen: true,
              value: 0,
            })),
          );
        }
        for (const made of conditions) {
          const isOpen = alerts.some(
            (alert) => alert.isOpen && alert.series === made.series && alert.rule === made.rule,
          );
          if (made.state !== "held") expect(isOpen).toBe(made.state === "on");
        }
      }
    }),
    { numRuns: 300 },
  );
});

function conditionFor(alerts: readonly KnownAlert[], id: string, conditions: readonly Condition[]) {
  const alert = alerts.find((one) => one.id === id);
  return conditions.find(
    ({ series, rule, term }) => series === alert?.series && rule === alert.rule && term === alert.term,
  );
}

function factsOf({
  total,
  taken,
  quota,
  units,
}: Record<"total" | "taken" | "quota" | "units", number>): LicenseFacts {
  const shared = { reserved: 0, state: "within" } as const;
  const time = { remaining: null, denied: false, hasEnded: false, crossing: null, expected: null };
  return {
    ...{
      status: "active",
      standing: "active",
      endsAt: null,
      deployments: [],
      checkouts: [],
      releases: [],
      rejected: 0,
    },
    allotments: [
      { class: "time", name: "t", total, quota, overage: 0, ...shared, ...time },
      { class: "assigned", name: "s", live: taken, units, ...shared, isDropped: false },
    ],
  };
}
