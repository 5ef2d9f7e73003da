import type { NeedLabel } from "@/components/text/need-labels";

/**
 * The data of the bell: how many things need attention, the first few of them, and the build of the console that the
 * server runs.
 */
export type AttentionShown = {
  build: string | undefined;
  count: number;
  rows: (Omit<NeedLabel, "link"> & { number: string; customer: string })[];
};
