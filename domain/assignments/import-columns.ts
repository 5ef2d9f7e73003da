import { unguarded } from "@/domain/csv-cells";
import { nameKey } from "@/domain/licenses/definition";
import type { PlanLine } from "./assignment-plan";
import { type ColumnKind, kindOfHeading } from "./import-headings";

export const SEPARATORS = [",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** The index of each column, counted from 0; -1 if there is none. `first` is the row of the first user, counted from 1. */
export type ImportColumns = { first: number; user: number; directory: number; allotment: number };

/** How a file is read, as a person confirmed it; `otherwise` is the allotment of rows that name none. */
export type ImportFormat = ImportColumns & { separator: Separator; otherwise: string };

/** The first rows of a file as they would be read, for a person to confirm. */
export type ImportLook = { separator: Separator; rows: string[][]; columns: ImportColumns };

const NONE = -1;

/** The user and allotment of a row. With a directory column the user is `directory\user`, as older consoles export users. */
export function lineOf(record: readonly string[], columns: ImportColumns, otherwise: string): PlanLine {
  const cell = (column: number) => unguarded(record[column] ?? "").trim();
  const allotment = cell(columns.allotment) || otherwise;
  const user = cell(columns.user);
  if (columns.directory === NONE || user.includes("\\")) return { subject: user, allotment };
  const directory = cell(columns.directory);
  return { subject: user === "" ? "" : `${directory}\\${user}`, allotment };
}

/** The separator that makes the most sense of the first lines: a heading, an allotment, or a steady number of cells. */
export function guessSeparator(text: string, allotments: readonly string[]): Separator {
  const named = /^sep=([,;\t|])\s*$/im.exec(text.slice(0, 8));
  const told = SEPARATORS.find((separator) => separator === named?.[1]);
  if (told) return told;
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const scores = SEPARATORS.map((separator) => scoreOf(lines.slice(0, LOOKED_AT), separator, allotments));
  const best = scores.toSorted(byScore)[0];
  return SEPARATORS[best ? scores.indexOf(best) : 0] ?? ",";
}

/** Finds the columns by the headings, below lines that only title the file; otherwise by the look of the cells. */
export function guessColumns(rows: readonly string[][], allotments: readonly string[]): ImportColumns {
  const head = headOf(rows);
  const kinds = (rows[head] ?? []).map(kindOfHeading);
  const below = rows.slice(head + 1).filter((row) => !isBlank(row));
  const byShape = columnOf(below, looksLikeUser);
  const user = firstOf(kinds, ["user", "email", "name"]) ?? Math.max(byShape, 0);
  const directory = kinds[user] === "user" ? (firstOf(kinds, ["directory"]) ?? NONE) : NONE;
  const known = new Set(allotments.map(nameKey));
  const byName = columnOf(below, (cell) => known.has(nameKey(cell.trim())), user);
  const allotment = firstOf(kinds, ["allotment"]) ?? byName;
  const first = head >= 0 || byShape < 0 ? head + 1 : rows.findIndex((row) => looksLikeUser(row[user] ?? ""));
  const isTold = /^sep=/i.test(rows[0]?.[0] ?? "");
  return { first: Math.max(first, isTold ? 1 : 0) + 1, user, directory, allotment };
}

const LOOKED_AT = 20;
type Score = { known: number; steady: number; cells: number };

function scoreOf(lines: readonly string[], separator: Separator, allotments: readonly string[]): Score {
  const names = new Set(allotments.map(nameKey));
  const cells = lines.flatMap((line) => line.split(separator)).map((cell) => cell.trim().replaceAll('"', ""));
  const known = cells.filter((cell) => kindOfHeading(cell) || names.has(nameKey(cell))).length;
  const counts = lines.map((line) => line.replace(/"[^"]*"/g, "").split(separator).length);
  const most = Math.max(0, ...counts.filter((count) => count > 1));
  const steady = counts.filter((count) => count === most).length;
  return { known: known > 0 && most > 1 ? known : 0, steady, cells: most };
}

function byScore(a: Score, b: Score): number {
  return b.known - a.known || b.steady - a.steady || b.cells - a.cells;
}

/**
 * The index of the row of headings, -1 if there is none. Only titles may come before it, and nothing that could be a
 * user.
 */
function headOf(rows: readonly string[][]): number {
  return rows.findIndex((row, at) => {
    const kinds = row.flatMap((cell) => kindOfHeading(cell) ?? []);
    const isHead = kinds.length > 1 || kinds.some((kind) => kind !== "other" && kind !== "allotment");
    const mayStandAbove = kinds.length > 1 ? (above: string[]) => !above.some(looksLikeUser) : isTitle;
    return isHead && rows.slice(0, at).every(mayStandAbove);
  });
}

/** Whether a row is a line of words, as above a list. */
function isTitle(row: readonly string[]): boolean {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return cells.every((cell) => /\s/.test(cell) || /^sep=/i.test(cell)) && !cells.some(looksLikeUser);
}

/** Matches `DOMAIN\user` and `user@domain`; a bare name could be anything. */
function looksLikeUser(cell: string): boolean {
  return /^[^\\@]*[\\@][^\\@]+/.test(cell.trim());
}

/** The column where at least half of the cells match; -1 if there is none. */
function columnOf(rows: readonly string[][], isLike: (cell: string) => boolean, not = NONE): number {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const counts = Array.from({ length: width }, (_, column) =>
    column === not ? 0 : rows.filter((row) => isLike(row[column] ?? "")).length,
  );
  const most = Math.max(0, ...counts);
  return most > 0 && 2 * most >= rows.length ? counts.indexOf(most) : NONE;
}

function firstOf(
  kinds: readonly (ColumnKind | undefined)[],
  wanted: readonly ColumnKind[],
): number | undefined {
  return wanted.map((kind) => kinds.indexOf(kind)).find((column) => column >= 0);
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === "");
}
