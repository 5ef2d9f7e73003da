import { expect, test } from "vitest";
import type { ValidityStatus } from "./lease";
import type { TimeAllotment } from "./license-allotments";
import { publishedAllotment, publishedStatus, validUntil } from "./published-license";

test.each([
  ["active", "active", "Ok"],
  ["active", "expiring", "Ok"],
  ["active", "grace", "Ok"],
  ["active", "not-yet-valid", "Ok"],
  ["active", "expired", "Expired"],
  ["suspended", "active", "Blacklisted"],
  ["revoked", "expired", "Blacklisted"],
] as const)(
  "a license that is %s and by its dates %s is %s",
  (status, standing: ValidityStatus, published) => {
    expect(publishedStatus(status, standing)).toBe(published);
  },
);

const time: TimeAllotment = {
  ...{ class: "time", name: "analyzer_time", total: 242, quota: 300, overage: 100, reserved: 0 },
  ...{ remaining: 158, denied: false, hasEnded: false, crossing: null, expected: null, state: "within" },
};

test.each([
  [100, 100],
  [0, 0],
  ["YES", -1],
] as const)("an overage of %s is published as %i", (overage, published) => {
  expect(publishedAllotment({ ...time, overage })).toEqual({
    ...{ name: "analyzer_time", units: 300, unitsUsed: 242, usageClass: "time", overage: published },
  });
});

test.each([
  ["2018-01-01/2018-12-31", { latestValidTime: "2019-01-01T00:00:00.000Z" }],
  ["2018-01-01/.", {}],
  ["", {}],
])("the validity %j is told as %j", (valid, told) => expect(validUntil(valid)).toEqual(told));
