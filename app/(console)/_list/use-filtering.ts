import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useTransition } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { useAway } from "@/components/shell/live-watch";
import { type DateForm, parseDate } from "@/domain/dates/date-form";
import { addressWithout, type Field } from "./filter-fields";

/** The filters that are set, by the names of their parameters. */
export type FilterValues = Record<string, string>;
export type Apply = (values: FilterValues, how: "push" | "replace") => void;

type Props = { path: string; name: string; fields: readonly Field[]; apply: Apply | undefined };

/**
 * Filters a list by the fields of its form, and a change of one: in the URL, whose other parameters stay, or by `apply`.
 * While the server is away a navigation would lose the page, so the filters apply once it is back.
 */
export function useFiltering({ path, name, fields, apply }: Props) {
  const router = useRouter();
  const { dateForm } = useDateStyle();
  const [isPending, start] = useTransition();
  const latest = useRef("");
  const isAway = useAway() !== null;
  const waiting = useRef<Parameters<Apply> | null>(null);
  const names = [name, ...fields.map((field) => field.name)];
  const navigate: Apply = (values, how) => {
    const rest = addressWithout("", new URLSearchParams(location.search), names);
    const search = String(new URLSearchParams([...Object.entries(values), ...new URLSearchParams(rest)]));
    const href = search ? `${path}?${search}` : path;
    const isAgain = href === (isPending ? latest.current : location.pathname + location.search);
    latest.current = href;
    start(() => router[isAgain ? "replace" : how](href, { scroll: false }));
  };
  const applyWaiting = useEffectEvent(() => {
    if (waiting.current) navigate(...waiting.current);
    waiting.current = null;
  });
  useEffect(() => {
    if (!isAway) applyWaiting();
  }, [isAway]);
  const filter = (form: HTMLFormElement | null, how: "push" | "replace", change: FilterValues = {}) => {
    if (!form) return;
    const values = valuesOf({ ...valuesIn(form, names), ...change }, fields, dateForm);
    if (apply) return apply(values, how);
    if (isAway) waiting.current = [values, how];
    else navigate(values, how);
  };
  return { filter, isPending };
}

function valuesIn(form: HTMLFormElement, names: readonly string[]): FilterValues {
  const data = new FormData(form);
  return Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")]));
}

/** The filters that are set, without blanks around them; days are `YYYY-MM-DD` if they can be read. */
function valuesOf(typed: FilterValues, fields: readonly Field[], form: DateForm): FilterValues {
  const days = fields.filter(({ kind }) => kind === "day").map(({ name }) => name);
  const read = Object.entries(typed).map(([name, text]) => [
    name,
    (days.includes(name) ? parseDate(text, form) : null) ?? text.trim(),
  ]);
  return Object.fromEntries(read.filter(([, value]) => value !== ""));
}
