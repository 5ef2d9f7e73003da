import type { NeedLabel } from "@/components/text/need-labels";

/**
 * The data of the bell: how many things need attention, how many open alerts say something else, the first few of
 * both, and the build of the console that the server runs.
 */
export type AttentionShown = {
  build: string | undefined;
  needs: number;
  alerts: number;
  rows: (Omit<NeedLabel, "link"> & {
    id: string;
    /** The license; null for an alert of the installation. */
    number: string | null;
    customer: string;
  })[];
};
