import type { RunInterval } from "./run-schedule";

/** When seats of one allotment are released because nobody uses them. */
export type ReclaimRule = {
  isOn: boolean;
  /** Days without use after which a seat that was used before is released. */
  idleDays: number;
  /** Days that a new seat has to be used first; until then it is never released. */
  graceDays: number;
  /** Days between the notice of a release and the release. */
  noticeDays: number;
  /** How many seats one run releases at most. */
  most: number;
  every: RunInterval;
};

/** The smallest and the largest value of each number. More seats couldn't be undone in one step. */
export const RULE_RANGES = {
  idleDays: [7, 730],
  graceDays: [1, 365],
  noticeDays: [1, 60],
  most: [1, 1000],
} as const satisfies Partial<Record<keyof ReclaimRule, readonly [least: number, most: number]>>;

/** The rule of an allotment that has none: it is off. */
export const NO_RULE: ReclaimRule = {
  isOn: false,
  idleDays: 90,
  graceDays: 30,
  noticeDays: 7,
  most: 50,
  every: "week",
};

/** How long a released seat can be restored, with its user. */
export const UNDO_DAYS = 7;
