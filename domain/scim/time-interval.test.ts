import { expect, test } from "vitest";
import { readScimFilter } from "./scim-filter";
import { intervalsOf } from "./time-interval";

const [A, B, C] = ["2026-08-01T00:00:00.000Z", "2026-08-02T00:00:00.000Z", "2026-08-03T00:00:00.000Z"];
const after = (time: string) => new Date(Date.parse(time) + 1).toISOString();

test.each([
  [`t ge "${A}"`, [[A, null]]],
  [`t gt "${A}"`, [[after(A), null]]],
  [`t lt "${A}"`, [[null, A]]],
  [`t le "${A}"`, [[null, after(A)]]],
  [`t eq "${A}"`, [[A, after(A)]]],
  [
    `t ne "${A}"`,
    [
      [null, A],
      [after(A), null],
    ],
  ],
  [`t ge "${A}" and t lt "${C}"`, [[A, C]]],
  [`t gt "${A}" and t lt "${A}"`, []],
  [`t ge "${A}" and t ge "${B}" and t le "${C}"`, [[B, after(C)]]],
  [`t lt "${B}" or t ge "${B}"`, [[null, null]]],
  [
    `t lt "${A}" or t ge "${C}"`,
    [
      [null, A],
      [C, null],
    ],
  ],
  [`not (t lt "${A}") and not (t ge "${C}")`, [[A, C]]],
  [`not (t lt "${A}" or t gt "${B}")`, [[A, after(B)]]],
  ["t pr", [[null, null]]],
  ["not (t pr)", []],
])("%s", (filter, intervals) => {
  const found = intervalsOf(readScimFilter(filter, { t: { kind: "time" } }));
  expect(
    found.map(({ from, before }) => [from?.toISOString() ?? null, before?.toISOString() ?? null]),
  ).toEqual(intervals);
});
