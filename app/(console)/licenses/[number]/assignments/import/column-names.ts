import type { Separator } from "@/domain/assignments/import-columns";

export const SEPARATOR_NAMES: Record<Separator, string> = {
  ",": "Comma",
  ";": "Semicolon",
  "\t": "Tab",
  "|": "Vertical bar",
};

/** `A`, and after `Z` comes `AA`, as in a spreadsheet. */
export function columnLetter(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetter(Math.floor(column / 26) - 1) + last;
}

/** `A: userId` by what stands above the first user, else by that user. */
export function columnName(rows: readonly string[][], first: number, column: number): string {
  const cell = (rows[first - 2]?.[column] ?? "").trim() || (rows[first - 1]?.[column] ?? "").trim();
  return cell ? `${columnLetter(column)}: ${cell}` : columnLetter(column);
}
