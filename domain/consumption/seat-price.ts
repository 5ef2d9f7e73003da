import { type Definition, nameKey } from "@/domain/licenses/definition";
import { inForce } from "@/domain/licenses/validity";

/** From so many minutes a month on a seat costs less than the minutes. */
export type BreakEven = { seat: string; minutes: number };

/** The parameter with the price of one unit of each allotment, per month: `{analyzer: 40, analyzer_time: 0.1}`. */
const PRICES = "prices";

/** When a seat costs less than minutes of an allotment; null unless the license tells the prices of both. */
export function breakEven(definition: Definition, allotment: string, now: Date): BreakEven | null {
  const prices = pricesOf(definition, now);
  const perMinute = prices.get(nameKey(allotment));
  if (!perMinute) return null;
  const seats = definition.allotments
    .filter(({ usage }) => usage.class === "assigned")
    .map(({ name }) => ({ seat: name, price: prices.get(nameKey(name)) ?? 0 }))
    .filter(({ price }) => price > 0)
    .toSorted((one, other) => one.price - other.price);
  const [cheapest] = seats;
  if (!cheapest) return null;
  return { seat: cheapest.seat, minutes: Math.floor(rounded(cheapest.price / perMinute)) + 1 };
}

function pricesOf({ parameters }: Definition, now: Date): Map<string, number> {
  const told = parameters.find(({ name, valid }) => nameKey(name) === PRICES && inForce(valid, now));
  const prices = Object.entries(told?.values ?? {}).flatMap(([name, price]): [string, number][] =>
    typeof price === "number" && Number.isFinite(price) && price > 0 ? [[nameKey(name), price]] : [],
  );
  return new Map(prices);
}

/** Without what binary fractions add: 40 / 0.1 is 400. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
