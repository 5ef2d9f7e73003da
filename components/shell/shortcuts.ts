import { SECTIONS, type Section } from "./sections";

export type Shortcut = { keys: readonly string[]; does: string };
export type ShortcutGroup = { name: string; isSingle: boolean; shortcuts: readonly Shortcut[] };

/** The letter after `g` for each section. */
const KEYS: Record<string, string> = {
  "/": "o",
  "/licenses": "l",
  "/customers": "c",
  "/audit": "a",
  "/users": "u",
  "/people": "p",
  "/signing-keys": "k",
  "/tokens": "t",
};

/** The sections by letter, as far as a role may see them. */
export function keysFor(sees: (section: Section) => boolean): Map<string, Section> {
  const seen = SECTIONS.flatMap(({ sections }) => sections).filter(sees);
  return new Map(
    seen.flatMap((section) => (KEYS[section.href] ? [[KEYS[section.href] ?? "", section]] : [])),
  );
}

/** The shortcuts in groups, as text; those of a single key can be turned off. */
export function shortcutGroups(letters: Map<string, Section>): ShortcutGroup[] {
  return [
    {
      name: "Everywhere",
      isSingle: false,
      shortcuts: [
        {
          keys: ["Ctrl K", "⌘ K"],
          does: "Search licenses, customers, users and deployments, or run a command",
        },
        { keys: ["Ctrl Z", "⌘ Z"], does: "Undo the last change" },
        { keys: ["Ctrl Enter", "⌘ Enter"], does: "Submit the form, or confirm the dialog" },
        { keys: ["Esc"], does: "Close the open panel or dialog" },
      ],
    },
    {
      name: "Everywhere, single key",
      isSingle: true,
      shortcuts: [
        { keys: ["?"], does: "Show shortcuts" },
        { keys: ["/"], does: "Focus search" },
        { keys: ["n"], does: "Create a license, key, customer, person or token, from its list" },
        {
          keys: ["[", "]"],
          does: "Previous or next license in the list you came from, or row of the open panel",
        },
        ...[...letters].map(([letter, { name }]) => ({ keys: ["g", letter], does: `Go to ${name}` })),
      ],
    },
    {
      name: "In lists",
      isSingle: true,
      shortcuts: [
        { keys: ["j", "k"], does: "Next or previous row; arrow keys also work from a row" },
        { keys: ["Enter"], does: "Open the row" },
      ],
    },
    {
      name: "In a license",
      isSingle: true,
      shortcuts: [
        { keys: ["1", "…", "8"], does: "Go to a tab, counted from the left" },
        { keys: ["y"], does: "Copy the license number" },
        { keys: ["t"], does: "Capacity: show the chart or the table" },
        { keys: [",", "."], does: "Capacity: previous or next month" },
      ],
    },
    {
      name: "In the assignment list",
      isSingle: true,
      shortcuts: [
        { keys: ["x"], does: "Select the row; with Shift, select all rows up to it" },
        { keys: ["a"], does: "Assign" },
        { keys: ["r"], does: "Release the row or the selection" },
        { keys: ["v"], does: "Convert the row or the selection" },
      ],
    },
    {
      name: "In the definition",
      isSingle: false,
      shortcuts: [{ keys: ["Ctrl S", "⌘ S"], does: "Save" }],
    },
  ];
}
