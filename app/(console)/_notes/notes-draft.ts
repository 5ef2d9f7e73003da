import type { Notes } from "@/domain/licenses/notes";
import type { NotesDraft } from "./notes-fields";

export function draftOf({ metadata, ...rest }: Notes): NotesDraft {
  return { ...rest, metadata: Object.entries(metadata) };
}

/** The notes to send: fields without a name and a value are left out. */
export function sentOf({ metadata, ...rest }: NotesDraft): Notes {
  const named = metadata.filter(([name, value]) => name.trim() !== "" || value.trim() !== "");
  return { ...rest, metadata: Object.fromEntries(named) };
}

/** A name that two fields have; only one of their values could be kept. */
export function repeatedName({ metadata }: NotesDraft): string | undefined {
  const names = metadata.map(([name]) => name.trim()).filter(Boolean);
  return names.find((name, index) => names.indexOf(name) !== index);
}
