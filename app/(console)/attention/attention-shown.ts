import type { NeedWords } from "@/components/need-words";

/** What the bell knows: how many things need somebody, and the first of them. */
export type AttentionShown = {
  count: number;
  rows: (Omit<NeedWords, "link"> & { number: string; customer: string })[];
};
