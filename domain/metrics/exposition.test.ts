import { expect, test } from "vitest";
import { metricHead, sampleLine } from "./exposition";

test.each([
  [{}, 3, "m 3\n"],
  [{ license: "9999000000001253" }, 0, 'm{license="9999000000001253"} 0\n'],
  [{ license: "1", allotment: "analyzer" }, 1.5, 'm{license="1",allotment="analyzer"} 1.5\n'],
  [{ allotment: 'a"b\\c\nd' }, -2, 'm{allotment="a\\"b\\\\c\\nd"} -2\n'],
  [{ allotment: "Zespół" }, Number.POSITIVE_INFINITY, 'm{allotment="Zespół"} +Inf\n'],
] as const)("labels %j with the value %d", (labels, value, line) =>
  expect(sampleLine("m", labels, value)).toBe(line),
);

test("a metric begins with its help and its type", () =>
  expect(metricHead("m", "What it is.")).toBe("# HELP m What it is.\n# TYPE m gauge\n"));
