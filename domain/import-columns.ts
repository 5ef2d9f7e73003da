import { nameKey } from "@/domain/definition";

/** Where the lines of a file say who is to have what; `hasHead` when the first record names the columns. */
export type ImportColumns = { subject: number; allotment: number; hasHead: boolean };

const SUBJECT = ["subject", "user"];
const ALLOTMENT = ["allotment", "type"];
const DELIMITERS = [",", ";", "\t"];

/** By the first record: columns go by name in any order, else the first is the subject and the second the allotment. */
export function importColumns(first: readonly string[]): ImportColumns {
  const names = first.map((name) => nameKey(name.trim()));
  const find = (wanted: readonly string[]) => names.findIndex((name) => wanted.includes(name));
  const subject = find(SUBJECT);
  return subject < 0
    ? { subject: 0, allotment: 1, hasHead: false }
    : { subject, allotment: find(ALLOTMENT), hasHead: true };
}

/** What parts the cells of a first line; commas, unless there are more semicolons or tabs. */
export function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}
