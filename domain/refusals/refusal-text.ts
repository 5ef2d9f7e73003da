import type { RefusalCode } from "./refusal";

/** `INTERNAL` stands for an error of the server. */
export type ProblemCode = RefusalCode | "INTERNAL";

/** The text for a code in general: its title, what happened, and what to do. */
export type RefusalText = { title: string; happened: string; remedy: string };

/** The texts for the codes of one noun. */
export type RefusalTable = Partial<Record<ProblemCode, RefusalText>>;

export function refusalText(title: string, happened: string, remedy: string): RefusalText {
  return { title, happened, remedy };
}
