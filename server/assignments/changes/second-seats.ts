import { seatPlanner } from "./assignment-planning";

/** A user who holds a seat of `held` and would get, or got, one of another allotment too. */
export type SecondSeat = { subject: string; held: string };

/** The users who would hold a second seat with one of `allotment`: an assignment adds a seat and moves nobody. */
export async function secondSeats(
  license: string,
  subjects: readonly string[],
  allotment: string,
  now: Date,
): Promise<SecondSeat[]> {
  const { decide } = await seatPlanner(license, now, subjects);
  return subjects.flatMap((subject, at) => {
    const result = decide({ subject, allotment }, at);
    return result.outcome === "convert" ? [{ subject, held: result.from }] : [];
  });
}
