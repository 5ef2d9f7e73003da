import type { TablerIcon } from "@tabler/icons-react";
import type { LicenseMark } from "@/domain/licenses/license-state";

export const GROUPS = [
  "Key",
  "Recent",
  "Go to",
  "Licenses",
  "Customers",
  "Users",
  "Deployments",
  "Keys",
  "On this page",
  "Create",
  "Copy",
  "Terms",
] as const;
export type GroupName = (typeof GROUPS)[number];

/** An entry of the palette: it opens a page, or runs a command and says what it did. */
export type Entry = {
  id: string;
  group: GroupName;
  name: string;
  /** A detail that distinguishes entries of the same name. */
  hint?: string;
  Icon?: TablerIcon;
  seal?: { number: string; status: LicenseMark };
} & ({ href: string } | { run: () => Promise<string> } | { press: HTMLElement } | { tells: true });

/** Whether every word of the text starts a word of the name, ignoring case. */
export function isLike(name: string, text: string): boolean {
  const words = wordsOf(name);
  return wordsOf(text).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

/** Sorts entries into their groups; empty groups are left out. */
export function grouped(entries: readonly Entry[]): { name: GroupName; entries: Entry[] }[] {
  const byGroup = GROUPS.map((name) => ({ name, entries: entries.filter(({ group }) => group === name) }));
  return byGroup.filter((group) => group.entries.length > 0);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,:;()/_-]+/)
    .filter((word) => word !== "");
}
