import { expect, test } from "vitest";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import type { Need } from "@/domain/licenses/attention";
import type { TimeAllotment } from "@/domain/licenses/license-allotments";
import { needLabel } from "./need-labels";

const NOW = new Date("2026-08-24T10:00:00Z");
const day = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
const row: Parameters<typeof needLabel>[1] = {
  number: "9999000000001253",
  status: "active",
  standing: "active",
  valid: "./2027-04-03",
  trial: false,
  settings: { leaseDays: 14, graceDays: 14 },
};

const allotment = (more: Partial<TimeAllotment>): TimeAllotment => ({
  ...{ class: "time", name: "analyzer_time", total: 90, quota: 100, overage: 20, reserved: 0, remaining: 30 },
  ...{ denied: false, hasEnded: false, crossing: null, expected: null, state: "near", ...more },
});
const quota = { limit: "quota", on: "2026-08-27" } as const;
const cap = { limit: "cap", on: "2026-08-27" } as const;
const deployment = { sites: 1, name: "Munich" };

test.each<[Need, string, string]>([
  [{ kind: "suspected", ...deployment, code: "two-spellings" }, "Two spellings", "Munich"],
  [
    { kind: "suspected", ...deployment, sites: 3, code: "two-places" },
    "Clone suspected",
    "Munich and 2 more",
  ],
  [{ kind: "requested", ...deployment, product: "QV" }, "Waiting to be accepted", "Dual use of QV: Munich"],
  [
    { kind: "requested", ...deployment, sites: 3, product: "QV" },
    "Waiting to be accepted",
    "Dual use: Munich and 2 more",
  ],
  [{ kind: "silent", ...deployment, since: day(-3) }, "Silent 3 days", "Munich, lease ends 4 Sep"],
  [{ kind: "silent", ...deployment, since: day(-20) }, "Silent 20 days", "Munich, lease ended 18 Aug"],
  [
    { kind: "silent", ...deployment, sites: 2, since: day(-3) },
    "2 deployments silent",
    "Munich and 1 more, the last lease ends 4 Sep",
  ],
  [
    { kind: "crossing", pool: allotment({ crossing: quota }) },
    "Crosses 27 Aug",
    "analyzer_time: 90 of 100 minutes",
  ],
  [
    { kind: "crossing", pool: allotment({ crossing: cap, overage: 0 }) },
    "Crosses 27 Aug",
    "analyzer_time: 90 of 100 minutes, access denied then",
  ],
  [
    { kind: "overage", pool: allotment({ total: 110, state: "overage", crossing: cap }) },
    "In overage, 10 over",
    "analyzer_time: 110 of 100 minutes, cap on 27 Aug",
  ],
])("%j", (need, badge, what) => {
  const words = needLabel(need, row, NOW, DEFAULT_STYLE);
  expect([words.badge, words.what].map((text) => text.replaceAll("\u00A0", " "))).toEqual([badge, what]);
});

test.each([
  ["two-spellings", "assignments?spelling=true"],
  ["two-places", "deployments?state=suspicious"],
  ["base-ahead", "deployments?state=suspicious"],
] as const)("%s leads to %s", (code, page) => {
  const { href } = needLabel({ kind: "suspected", ...deployment, code }, row, NOW, DEFAULT_STYLE);
  expect(href).toBe(`/licenses/9999000000001253/${page}`);
});
