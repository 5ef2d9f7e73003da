import type { Separator } from "@/domain/assignments/import-columns";

export const SEPARATOR_NAMES: Record<Separator, string> = {
  ",": "Comma",
  ";": "Semicolon",
  "\t": "Tab",
  "|": "Vertical bar",
};

/** The letter of a column as in a spreadsheet: `A` to `Z`, then `AA`. */
export function columnLetter(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetter(Math.floor(column / 26) - 1) + last;
}

/** The name of a column: its letter with its header, or with its first user if there is no header (`A: userId`). */
export function columnName(rows: readonly string[][], first: number, column: number): string {
  const cell = (rows[first - 2]?.[column] ?? "").trim() || (rows[first - 1]?.[column] ?? "").trim();
  return cell ? `${columnLetter(column)}: ${cell}` : columnLetter(column);
}
