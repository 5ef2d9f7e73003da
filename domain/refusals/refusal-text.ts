import type { RefusalCode } from "./refusal";

/** `INTERNAL` stands for a fault of ours. */
export type ProblemCode = RefusalCode | "INTERNAL";

/** What a code means whatever the case: its title, what happened, and what to do. */
export type RefusalText = { title: string; happened: string; remedy: string };

/** The words for the codes of one noun. */
export type RefusalTable = Partial<Record<ProblemCode, RefusalText>>;

export function refusalText(title: string, happened: string, remedy: string): RefusalText {
  return { title, happened, remedy };
}
