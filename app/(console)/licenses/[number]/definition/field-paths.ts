import type { ActionRefusal } from "@/app/(console)/_lib/action-result";

/** Errors by JSON Pointer. */
export type FieldMessages = ReadonlyMap<string, string>;

export function fieldMessagesOf(refused: ActionRefusal | null): FieldMessages {
  return new Map((refused?.faults ?? []).map(({ pointer, sentence }) => [pointer, sentence]));
}

/** The error at a pointer or inside it. */
export function wrongAt(places: FieldMessages, pointer: string): string | undefined {
  for (const [at, sentence] of places) if (at === pointer || at.startsWith(`${pointer}/`)) return sentence;
  return undefined;
}
