import { expect, test } from "vitest";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import { stretchText } from "./stretch-labels";

test.each([
  ["2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", "1 Nov 2026 to 30 Nov 2026"],
  ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "1 Nov 2026"],
  ["2026-11-01T00:00:00Z", "2026-11-14T10:32:05Z", "1 Nov 2026 to 14 Nov 2026, 10:32 UTC"],
  ["2026-11-14T10:32:05Z", "2026-12-01T00:00:00Z", "14 Nov 2026, 10:32 UTC to 30 Nov 2026"],
])("%s to %s is %s", (from, to, words) =>
  expect(stretchText({ from, to }, { ...DEFAULT_STYLE, zone: "Asia/Tokyo" }).replaceAll("\u00A0", " ")).toBe(
    words,
  ),
);
