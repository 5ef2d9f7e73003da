import type { SearchParams } from "nuqs/server";
import { type DateForm, parseDate } from "@/domain/dates/date-form";
import { dayOf } from "@/domain/month";

/**
 * The search of a URL with its days as `YYYY-MM-DD`; null if they are so already. A day that can't be read stays as it
 * was typed.
 */
export function isoDays(address: SearchParams, names: readonly string[], form: DateForm): string | null {
  const sent = Object.entries(address).flatMap(([name, value = []]) =>
    [value].flat().map((text) => [name, text] as [string, string]),
  );
  const read = sent.map(([name, text]): [string, string] => [
    name,
    names.includes(name) ? (parseDate(text, form) ?? text) : text,
  ]);
  const isSame = read.every(([, text], at) => text === sent[at]?.[1]);
  return isSame ? null : String(new URLSearchParams(read));
}

/** A day in a URL as its field shows it: `YYYY-MM-DD`, or as it was typed if it can't be read. */
export function dayShown(day: Date | null, typed: string | string[] | undefined): string {
  return day ? dayOf(day) : String(typed ?? "").trim();
}
