import { expect, test } from "vitest";
import { accessTypeInfo, accessTypeOverview, decimalOf, qrsAccess, qrsId } from "./access-types";

test.each([
  ["1", "00000000-0000-0000-0000-000000000001"],
  ["9223372036854775807", "00000000-0000-0000-7fff-ffffffffffff"],
  ["9999000000001253", "00000000-0000-0000-0023-86099b1bf4e5"],
])("the number %s is the id %s", (decimal, id) => {
  expect(qrsId(decimal)).toBe(id);
  expect(decimalOf(id.toUpperCase())).toBe(decimal);
});

test.each(["", "1", "10000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-00000000000g"])(
  "%j is no such id",
  (id) => expect(decimalOf(id)).toBeNull(),
);

test.each([
  ["ACME\\bob", "ACME", "bob"],
  ["bob", "", "bob"],
  ["\\bob", "", "bob"],
  ["a\\b\\c", "a", "b\\c"],
  ["bob@acme.example", "", "bob@acme.example"],
])("%s is in the directory %j with the id %s", (subject, userDirectory, userId) => {
  const seat = { instance: "1", subject, created: 0, isExcess: false, lastUsed: "2026-08-01" };
  const { user, lastUsed } = qrsAccess("analyzer", seat);
  expect(user).toMatchObject({ userDirectory, userId, name: subject });
  expect(lastUsed).toBe("2026-08-01T00:00:00.000Z");
});

test("a license without the allotments has no access of any type", () => {
  const none = { enabled: false, total: 0, allocated: 0, used: 0, quarantined: 0, excess: 0, available: 0 };
  expect(accessTypeOverview([])).toMatchObject({
    professionalAccess: none,
    analyzerAccess: none,
    analyzerTimeAccess: { enabled: false, allocatedMinutes: 0, usedMinutes: 0, unavailableMinutes: 0 },
  });
  expect(accessTypeInfo([]).analyzerAccessType.usedTokens).toBe(0);
});

test("seats that checkouts reserve are not available", () => {
  const analyzer = { name: "Analyzer", live: 3, units: 5, reserved: 1, isDropped: false } as const;
  const { analyzerAccess } = accessTypeOverview([{ class: "assigned", state: "within", ...analyzer }]);
  expect(analyzerAccess).toMatchObject({ enabled: true, total: 5, allocated: 3, available: 1, excess: 0 });
});
