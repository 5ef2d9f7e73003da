import { foldSubject } from "@/domain/assignments/subject";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import { isPlainText } from "@/domain/text";

/** What people note about a license or a customer. Products never see it, nor do license admins. */
export type Notes = {
  contractNumber: string;
  /** Who to call or write to. */
  contact: string;
  text: string;
  /** Free values by name, such as the id in another system. */
  metadata: Record<string, string>;
};

export const NO_NOTES: Notes = { contractNumber: "", contact: "", text: "", metadata: {} };

/** The most characters of each part, and of names and values of metadata; and the most names. */
export const NOTES_LIMITS = {
  ...{ contractNumber: 200, contact: 1_000, text: 10_000 },
  ...{ name: 60, value: 500, names: 50 },
} as const;

/** Anything but characters, line breaks and tabs. */
const UNPRINTABLE = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

/** Whether a text has only characters, line breaks and tabs. */
export function isPlainLines(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** Why notes can't be kept; null if they can. The contract number and the names of metadata are single lines. */
export function whyNoNotes({ contractNumber, contact, text, metadata }: Notes): string | null {
  const { names, ...limits } = NOTES_LIMITS;
  const entries = Object.entries(metadata);
  if (entries.length > names) return `Metadata can have at most ${names} names.`;
  const parts: Part[] = [
    ["The contract number", contractNumber, limits.contractNumber, isPlainText],
    ["The contact", contact, limits.contact, isPlainLines],
    ["The notes", text, limits.text, isPlainLines],
    ...entries.flatMap(([name, value]): Part[] => [
      ["A name of metadata", name, limits.name, isPlainText],
      ["A value of metadata", value, limits.value, isPlainLines],
    ]),
  ];
  const wrong = parts.find(([, value, most, isFit]) => value.length > most || !isFit(value));
  if (wrong) return `${wrong[0]} is longer than ${wrong[2]} characters, or has control characters.`;
  const hidden = Object.keys(metadata).map(hiddenIn).find(Boolean);
  return hidden ? `A name of metadata can't be used. ${hiddenText(hidden)}` : null;
}

type Part = [part: string, value: string, most: number, isFit: (text: string) => boolean];

/** Everything that is noted as one folded text, which searches look through. */
export function notesSearch({ contractNumber, contact, text, metadata }: Notes): string {
  const values = Object.entries(metadata).map(([name, value]) => `${name} ${value}`);
  return foldSubject([contractNumber, contact, text, ...values].filter(Boolean).join("\n"));
}

/** The names of the parts that differ. */
export function changedNotes(before: Notes, after: Notes): (keyof Notes)[] {
  const names = Object.keys(NO_NOTES) as (keyof Notes)[];
  return names.filter((name) => JSON.stringify(sorted(before[name])) !== JSON.stringify(sorted(after[name])));
}

function sorted(value: Notes[keyof Notes]): unknown {
  return typeof value === "string" ? value : Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
