import { expect, test } from "vitest";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import type { SuspicionCode } from "@/domain/suspicions";
import { clockText, deploymentBadges, pulseLabel, shareOf } from "./deployment-labels";

const now = new Date("2026-08-24T10:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

test.each<[string, number, SuspicionCode | null, string[]]>([
  ["one that calls", 5, null, []],
  ["one that is late", 60, null, []],
  ["a silent one", 3 * 1440 + 5, null, ["Silent 3 days"]],
  ["two places", 5, "two-places", ["Clone suspected"]],
  ["a base ahead", 5, "base-ahead", ["Ahead of server"]],
  ["a spelling, and silence", 1500, "two-spellings", ["Two spellings", "Silent 1 day"]],
])("%s", (_, minutes, code, words) => {
  const suspected = code && { code, sentence: "" };
  const deployment = { lastSeen: ago(minutes), leaseEnd: ago(0), offlineUpload: null, suspected };
  expect(deploymentBadges(deployment, now, DEFAULT_STYLE).map((badge) => badge.words)).toEqual(words);
});

test("a deployment without a network is never silent, and tells its last upload", () => {
  const deployment = { lastSeen: null, leaseEnd: null, offlineUpload: ago(9000), suspected: null };
  expect(deploymentBadges(deployment, now, DEFAULT_STYLE)).toEqual([
    { state: "offline", words: "Offline", more: "last upload 18\u00A0Aug" },
  ]);
});

test.each([
  [-1440, "lease ends 25\u00A0Aug"],
  [1440, "lease ended 23\u00A0Aug"],
])("a silent deployment tells the day of its lease: %i minutes ago", (minutes, more) => {
  const deployment = { lastSeen: ago(3000), leaseEnd: ago(minutes), offlineUpload: null, suspected: null };
  expect(deploymentBadges(deployment, now, DEFAULT_STYLE)).toEqual([
    { state: "silent", words: "Silent 2 days", more },
  ]);
});

test.each([
  [5, "OK"],
  [31, "Late"],
])("%i minutes after the last call it is %s", (minutes, words) =>
  expect(pulseLabel(ago(minutes), now)).toBe(words),
);

test.each([
  [null, "–"],
  [0, "in sync"],
  [-1, "in sync"],
  [41, "+41 s"],
  [-400, "−7 min"],
  [68_400, "+19 h"],
  [-5 * 86_400, "−5 d"],
])("a clock of %j is %s", (seconds, words) => expect(clockText(seconds)).toBe(words));

test("the share is that of all pools together", () => {
  expect(shareOf([])).toBeNull();
  const shares = [
    { allotment: "analyzer_time", consumed: 50, total: 100 },
    { allotment: "core_time", consumed: 0, total: 100 },
  ];
  expect(shareOf(shares)).toEqual({ consumed: 50, total: 200 });
});
