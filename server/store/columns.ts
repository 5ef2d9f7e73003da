/** Rows as the array parameters of a statement, one per column: a property, or what a function makes of each row. */
export function columns<Row>(
  rows: readonly Row[],
  ...columns: (keyof Row | ((row: Row) => unknown))[]
): unknown[][] {
  return columns.map((of) => rows.map((row) => (typeof of === "function" ? of(row) : row[of])));
}
