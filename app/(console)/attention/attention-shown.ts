import type { NeedLabel } from "@/components/text/need-labels";

/** What the bell knows: how many things need somebody, and the first of them; and the build of the console that the server runs. */
export type AttentionShown = {
  build: string | undefined;
  count: number;
  rows: (Omit<NeedLabel, "link"> & { number: string; customer: string })[];
};
