import { expect, test } from "vitest";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import type { AlertData, AlertKind } from "./alert";
import { alertPath, alertSentence } from "./alert-sentences";

const minutes = { allotment: "analyzer_time", total: 8012, quota: 10_000, overage: 2000 };
const seats = { allotment: "analyzer", taken: 10, units: 10 };
const ENDS = "2026-12-01T00:00:00.000Z";

test.each<[AlertKind, AlertData, string]>([
  [
    "capacity.threshold",
    { ...minutes, when: "capacity.percent", value: 80 },
    "analyzer_time: 8,012 of 10,000 minutes used, past 80%",
  ],
  [
    "capacity.threshold",
    { ...minutes, when: "capacity.minutes", value: 8000 },
    "analyzer_time: 8,012 of 10,000 minutes used, past 8,000 minutes",
  ],
  [
    "capacity.threshold",
    { ...minutes, when: "overage.percent", value: 50 },
    "analyzer_time: 8,012 of 10,000 minutes used, past 50% of the overage",
  ],
  ["capacity.quota-reached", minutes, "analyzer_time: 8,012 of 10,000 minutes used: overage is counted"],
  ["capacity.quota-reached", { ...minutes, overage: 0 }, "analyzer_time: 8,012 of 10,000 minutes used"],
  [
    "capacity.cap-reached",
    minutes,
    "analyzer_time: 8,012 of 10,000 minutes used, including overage: products deny access",
  ],
  [
    "capacity.forecast",
    { ...minutes, expected: 12_345 },
    "analyzer_time: 12,345 minutes expected by the end of the month, of 10,000",
  ],
  ["seats.full", seats, "analyzer: 10 of 10 seats taken"],
  ["expiring", { ends: ENDS }, "The license ends on 30 Nov 2026"],
  ["expired", { ends: ENDS }, "The license ended on 30 Nov 2026"],
  [
    "checkout.expiring",
    { label: "", product: "QV", ends: ENDS },
    "The signed definition without a name for QV ends on 1 Dec 2026",
  ],
  ["deployment.silent", { source: "a", name: "Warsaw", lastSeen: ENDS }, "Warsaw last called on 1 Dec 2026"],
  ["deployment.silent", { source: "a", name: null, lastSeen: ENDS }, "a last called on 1 Dec 2026"],
  ["rejections", { users: 12 }, "12 users were denied a seat in 24 hours"],
  ["rejections", { users: 1 }, "1 user was denied a seat in 24 hours"],
  [
    "reclaim.announced",
    { allotment: "analyzer", seats: 12, release: ENDS },
    "analyzer: 12 unused seats will be released on 1 Dec 2026",
  ],
  [
    "reclaim.announced",
    { allotment: "analyzer", seats: 1, release: ENDS },
    "analyzer: 1 unused seat will be released on 1 Dec 2026",
  ],
  ["checkpoint.overdue", { last: ENDS }, "The last checkpoint of the audit was written on 1 Dec 2026"],
  ["checkpoint.overdue", { last: null }, "No checkpoint of the audit has been written yet"],
  ["backup.overdue", { last: ENDS, failed: false }, "The newest backup was made on 1 Dec 2026"],
  ["backup.overdue", { last: null, failed: true }, "There is no backup yet, and the last attempt failed"],
  ["key.expiring", { name: "Sync", ends: ENDS }, "The API token “Sync” expires on 1 Dec 2026"],
  [
    "signing-key.expiring",
    { ends: ENDS },
    "The signing key is two years old on 1 Dec 2026: create a new one",
  ],
  [
    "webhook.failing",
    { name: "Billing", since: ENDS },
    "Deliveries to “Billing” have failed since 1 Dec 2026",
  ],
  [
    "webhook.failing",
    { name: "Billing", since: ENDS, disabled: false, reason: "failing" },
    "Deliveries to “Billing” have failed since 1 Dec 2026",
  ],
  [
    "webhook.failing",
    { name: "Billing", since: ENDS, disabled: true, reason: "gone" },
    "The webhook “Billing” was disabled: the receiver answered that it is gone (410)",
  ],
  [
    "webhook.failing",
    { name: "Billing", since: ENDS, disabled: true, reason: "failing" },
    "The webhook “Billing” was disabled: nothing was delivered for three days",
  ],
])("%s says what happened", (kind, data, sentence) => {
  expect(alertSentence({ kind, data }, DEFAULT_STYLE)).toBe(sentence);
});

test("each alert leads to the page where it can be resolved", () => {
  const path = (kind: AlertKind, data: AlertData = {}) =>
    alertPath({ kind, data, scope: "1234123412341234" });
  expect(path("capacity.threshold", { allotment: "a b" })).toBe(
    "/licenses/1234123412341234/capacity?allotment=a%20b",
  );
  expect(path("rejections")).toBe("/licenses/1234123412341234/assignments?view=rejected");
  expect(path("key.expiring")).toBe("/tokens");
});
