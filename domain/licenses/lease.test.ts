import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, dayOf } from "@/domain/month";
import { acceptsAssignments, leaseEnd, validityStatus } from "./lease";

const YEAR = "2018-01-01/2018-12-31";
const TERMS = { leaseDays: 14, graceDays: 14 };
const at = (text: string) => new Date(text);

test.each([
  [YEAR, "2017-12-31T23:59:59.999Z", "not-yet-valid", false],
  [YEAR, "2018-01-01T00:00:00.000Z", "active", true],
  [YEAR, "2018-12-02T00:00:00.000Z", "active", true],
  [YEAR, "2018-12-02T00:00:00.001Z", "expiring", true],
  [YEAR, "2018-12-31T23:59:59.999Z", "expiring", true],
  [YEAR, "2019-01-01T00:00:00.000Z", "grace", true],
  [YEAR, "2019-01-14T23:59:59.999Z", "grace", true],
  [YEAR, "2019-01-15T00:00:00.000Z", "expired", false],
  ["", "2018-06-01T00:00:00.000Z", "active", true],
  ["./.", "9000-06-01T00:00:00.000Z", "active", true],
  ["2018-01-01/.", "2030-01-01T00:00:00.000Z", "active", true],
  ["2018-01-01/.", "2017-01-01T00:00:00.000Z", "not-yet-valid", false],
  ["2018-01-01/2018-01-10", "2018-01-02T00:00:00.000Z", "expiring", true],
  ["nonsense", "2018-06-01T00:00:00.000Z", "expired", false],
] as const)("%j at %s is %s and takes assignments: %s", (valid, now, standing, accepts) => {
  expect(validityStatus(valid, at(now), 14)).toBe(standing);
  expect(acceptsAssignments(valid, at(now), 14)).toBe(accepts);
});

test("without grace days a license expires with its validity", () => {
  expect(validityStatus(YEAR, at("2018-12-31T23:59:59.999Z"), 0)).toBe("expiring");
  expect(validityStatus(YEAR, at("2019-01-01T00:00:00.000Z"), 0)).toBe("expired");
});

test.each([
  ["", "2018-06-01T12:00:00.000Z", "2018-06-15T12:00:00.000Z"],
  [YEAR, "2018-06-01T12:00:00.000Z", "2018-06-15T12:00:00.000Z"],
  [YEAR, "2018-12-31T12:00:00.000Z", "2019-01-14T12:00:00.000Z"],
  [YEAR, "2019-01-01T12:00:00.000Z", "2019-01-15T00:00:00.000Z"],
  [YEAR, "2019-06-01T12:00:00.000Z", "2019-01-15T00:00:00.000Z"],
  ["nonsense", "2018-06-01T12:00:00.000Z", "2018-06-01T12:00:00.000Z"],
])("a lease of %j given at %s ends at %s", (valid, now, end) =>
  expect(leaseEnd(valid, at(now), TERMS)).toEqual(at(end)),
);

test("no lease is longer than its days, or outlives the grace days", () => {
  const moments = fc.date({ min: at("2000-01-01"), max: at("2040-01-01"), noInvalidDate: true });
  const terms = fc.record({ leaseDays: fc.nat({ max: 400 }), graceDays: fc.nat({ max: 400 }) });
  fc.assert(
    fc.property(moments, moments, terms, (now, last, { leaseDays, graceDays }) => {
      const valid = `./${dayOf(last)}`;
      const end = leaseEnd(valid, now, { leaseDays, graceDays });
      expect(end.getTime()).toBeLessThanOrEqual(now.getTime() + leaseDays * DAY);
      expect(validityStatus(valid, new Date(end.getTime() - 1), graceDays)).not.toBe("expired");
      expect(end > now).toBe(leaseDays > 0 && validityStatus(valid, now, graceDays) !== "expired");
    }),
  );
});
