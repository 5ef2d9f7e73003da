import { expect, test } from "vitest";
import { Refusal } from "@/domain/refusals/refusal";
import { MOST_ROWS, WHOLE } from "./page-cursors";
import { pageAt } from "./paging";

/** Pages of 100 rows, whose cursor is the number of the next row. */
function listOf(rows: number) {
  return async (cursor: string | undefined) => {
    const from = Number(cursor ?? 0);
    if (Number.isNaN(from)) throw new Refusal("INVALID_CURSOR", "It is of another list.");
    const items = Array.from({ length: Math.min(100, rows - from) }, (_, at) => from + at);
    return { items, total: rows, cursor: from + 100 < rows ? String(from + 100) : null };
  };
}

test("a page begins at the last cursor of the trail, and at the start for a cursor of another list", async () => {
  expect((await pageAt("100~200", listOf(300))).items[0]).toBe(200);
  expect((await pageAt("elsewhere", listOf(300))).items[0]).toBe(0);
  expect((await pageAt(null, listOf(300))).items).toHaveLength(100);
});

test.each([
  [0, 0, null],
  [250, 250, null],
  [MOST_ROWS, MOST_ROWS, null],
  [MOST_ROWS + 1, MOST_ROWS, String(MOST_ROWS)],
])("of a list of %i rows, %i are read whole", async (rows, read, cursor) => {
  const page = await pageAt(WHOLE, listOf(rows));
  expect(page.items).toEqual(Array.from({ length: read }, (_, at) => at));
  expect([page.cursor, page.total]).toEqual([cursor, rows]);
});
