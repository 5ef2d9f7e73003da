import { type Grant, monthGrant } from "@/domain/consumption/quota";
import { addMonths, type Month, monthOf } from "@/domain/month";
import { type Definition, type Era, nameKey } from "./definition";

/** The effect of a correction on one month of a time allotment; `booked` is the usage so far. */
export type CorrectedMonth = {
  month: Month;
  allotment: string;
  before: Grant;
  after: Grant;
  booked: number;
  /** Minutes reserved for checkouts, beside those that were booked. */
  reserved: number;
};

/** The months that a correction can affect: the running one, and the next one, for which reports may come a day early. */
export function monthsToCorrect(now: Date): Month[] {
  const running = monthOf(now);
  return [running, addMonths(running, 1)];
}

type OfMonth = (month: Month, allotment: string) => number;

/** The allotments whose months change if `after` corrects the definition in force; counts are keyed by name key. */
export function correctedMonths(
  eras: Era[],
  after: Definition,
  { booked, reserved }: { booked: OfMonth; reserved: OfMonth },
  now: Date,
): CorrectedMonth[] {
  const next = [...eras, { from: now, definition: after, isCorrection: true }];
  const definitions = [...eras.map(({ definition }) => definition), after];
  const metered = definitions.flatMap(({ allotments }) =>
    allotments.filter(({ usage }) => usage.class === "time"),
  );
  const names = new Map(metered.map(({ name }) => [nameKey(name), name]));
  return monthsToCorrect(now).flatMap((month) =>
    [...names].flatMap(([key, allotment]) => {
      const [before, then] = [monthGrant(eras, key, month), monthGrant(next, key, month)];
      const isSame = before.quota === then.quota && before.overage === then.overage;
      if (isSame) return [];
      const counts = { booked: booked(month, key), reserved: reserved(month, key) };
      return [{ month, allotment, before, after: then, ...counts }];
    }),
  );
}
