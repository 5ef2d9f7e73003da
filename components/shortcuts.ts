import { SECTIONS, type Section } from "./sections";

export type Shortcut = { keys: readonly string[]; does: string };
export type ShortcutGroup = { name: string; isSingle: boolean; shortcuts: readonly Shortcut[] };

/** The letter that leads to a section after `g`. */
const LETTERS: Record<string, string> = {
  "/": "o",
  "/licenses": "l",
  "/customers": "c",
  "/audit": "a",
  "/users": "u",
  "/signing-keys": "k",
  "/tokens": "t",
};

/** The sections that a role may go to by a letter. */
export function lettersFor(sees: (section: Section) => boolean): Map<string, Section> {
  const seen = SECTIONS.flatMap(({ sections }) => sections).filter(sees);
  return new Map(
    seen.flatMap((section) => (LETTERS[section.href] ? [[LETTERS[section.href] ?? "", section]] : [])),
  );
}

/** What keys do, for people to read; the ones of one letter can be switched off. */
export function shortcutGroups(letters: Map<string, Section>): ShortcutGroup[] {
  return [
    {
      name: "Everywhere",
      isSingle: false,
      shortcuts: [
        { keys: ["Ctrl K", "⌘ K"], does: "Find a license, a customer, a person, or something to do" },
        { keys: ["Ctrl Z", "⌘ Z"], does: "Take back the last change" },
        { keys: ["Ctrl Enter", "⌘ Enter"], does: "Send the form that you are in, or confirm the dialog" },
        { keys: ["Esc"], does: "Close what is open" },
      ],
    },
    {
      name: "Everywhere, one key",
      isSingle: true,
      shortcuts: [
        { keys: ["?"], does: "Show these shortcuts" },
        { keys: ["/"], does: "Go to the search of the page" },
        { keys: ["n"], does: "New license, key, customer, person or token, from its list" },
        {
          keys: ["[", "]"],
          does: "Go to the previous or next license of the list that you came from, or row of an open panel",
        },
        ...[...letters].map(([letter, { name }]) => ({ keys: ["g", letter], does: `Go to ${name}` })),
      ],
    },
    {
      name: "In lists",
      isSingle: true,
      shortcuts: [
        { keys: ["j", "k"], does: "Go to the next or previous row; arrows do too, from a row" },
        { keys: ["Enter"], does: "Open the row" },
      ],
    },
    {
      name: "In a license",
      isSingle: true,
      shortcuts: [
        { keys: ["1", "…", "8"], does: "Go to a tab, from the left" },
        { keys: ["y"], does: "Copy the license number" },
        { keys: ["t"], does: "Capacity: show the chart or the table" },
        { keys: [",", "."], does: "Capacity: go to the earlier or later month" },
      ],
    },
    {
      name: "In the list of assignments",
      isSingle: true,
      shortcuts: [
        { keys: ["x"], does: "Select the row; with Shift, all rows up to it" },
        { keys: ["a"], does: "Assign" },
        { keys: ["r"], does: "Release the row or what is selected" },
        { keys: ["v"], does: "Convert the row or what is selected" },
      ],
    },
    {
      name: "In the definition",
      isSingle: false,
      shortcuts: [{ keys: ["Ctrl S", "⌘ S"], does: "Save" }],
    },
  ];
}
