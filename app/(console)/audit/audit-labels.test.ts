import { expect, test } from "vitest";
import { actionLabel, fieldRows, shownLabel } from "./audit-labels";

test.each([
  ["assignment.released", {}, "Seat released"],
  ["assignment.released", { reverses: 4 }, "Seat released (undo)"],
  ["assignment.added", { auto: true }, "Seat auto-assigned"],
  [
    "license.status-changed",
    { before: { status: "active" }, after: { status: "suspended" } },
    "License suspended",
  ],
  ["license.status-changed", null, "License status changed"],
  ["deployment.renamed", { before: null, after: "Warsaw" }, "Renamed to Warsaw"],
  ["deployment.renamed", { before: "Warsaw", after: null }, "Name removed"],
  ["deployment.cleared", { code: "two-places" }, "Suspicion cleared: two places"],
  ["signing-key.withdrawn", { stops: 1 }, "Signing key withdrawn, stops 1 key"],
  ["of.another-release", {}, "of.another-release"],
])("%s with %j reads %s", (action, details, words) => expect(actionLabel({ action, details })).toBe(words));

test.each([
  ["assignment.added", {}, 1, "Seat assigned"],
  ["assignment.added", { auto: true }, 14, "14 seats assigned"],
  ["assignment.added", { reverses: 4 }, 2, "2 seats restored (undo)"],
  ["assignment.released", {}, 1200, "1,200 seats released"],
  ["assignment.released", { reverses: 4 }, 3, "3 seats released (undo)"],
])("%s with %j for %i reads %s", (action, details, standsFor, words) =>
  expect(shownLabel({ action, details, standsFor })).toBe(words),
);

test("only fields that differ stand beside each other", () => {
  const details = { before: { leaseDays: 14, auto: false }, after: { leaseDays: 7, auto: false }, by: "x" };
  expect(fieldRows(details)).toEqual([
    { field: "Lease, in days", before: "14", after: "7" },
    { field: "Through", before: null, after: "x" },
  ]);
});

test.each([
  [{ before: null, after: "Warsaw" }, [{ field: "Value", before: "none", after: "Warsaw" }]],
  [{ reason: "" }, [{ field: "Reason", before: null, after: "none" }]],
  [
    { auto: true, products: ["QV", "QCS"], index: "hash" },
    [
      { field: "Automatic", before: null, after: "yes" },
      { field: "Products", before: null, after: "QV, QCS" },
    ],
  ],
  [null, []],
])("%j is %j", (details, rows) => expect(fieldRows(details)).toEqual(rows));
