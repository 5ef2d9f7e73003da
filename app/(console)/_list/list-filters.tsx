"use client";

import { useSearchParams } from "next/navigation";
import { type FormEvent, useEffect, useEffectEvent, useRef } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { FilterFold } from "@/components/ui/filter-fold";
import { TextLink } from "@/components/ui/text-link";
import { FilterField, PAUSE_MS } from "./filter-field";
import { addressWithout, areMany, type Field, fieldText, POSITION, setFields } from "./filter-fields";
import styles from "./list-filters.module.css";
import { type Apply, useFiltering } from "./use-filtering";
import { useSaid } from "./use-said";

type Props = {
  path: string;
  /** The parameter, the label and the text of the search field, and its hint unless that is the label. */
  name?: string;
  label: string;
  hint?: string;
  search: string;
  fields?: readonly Field[];
  /** Other filters in the URL, such as those of a view, which "Clear filters" clears too. */
  others?: readonly string[];
  /** Applies the filters in place of a navigation, for a list that the browser fetches. */
  apply?: Apply;
};

const NONE: readonly never[] = [];

/**
 * The search and filters of a list, in its bar. They apply while the person types and chooses; without JavaScript a
 * button submits them. On paper they are a sentence.
 */
export function ListFilters({ path, name = "q", label, hint = label, search, ...rest }: Props) {
  const { fields = NONE, others = NONE, apply } = rest;
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useSaid(search);
  const { filter, isPending } = useFiltering({ path, name, fields, apply });
  const find = useEffectEvent(() => filter(form.current, "replace"));
  useEffect(() => {
    if (typed.trim() === search) return;
    const wait = setTimeout(find, PAUSE_MS);
    return () => clearTimeout(wait);
  }, [typed, search]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    filter(form.current, "push");
  };
  const said = setFields(fields);
  return (
    <>
      <search aria-busy={isPending}>
        <form ref={form} action={path} onSubmit={submit}>
          <input
            type="search"
            name={name}
            aria-label={label}
            placeholder={hint}
            maxLength={200}
            value={typed}
            onChange={({ currentTarget: { value } }) => setTyped(value)}
          />
          <noscript>
            <button type="submit">Find</button>
          </noscript>
          {fields.length > 0 ? (
            <FilterFold said={said.length} isRare={areMany(fields)}>
              {fields.map((field) => (
                <FilterField
                  key={field.name}
                  field={field}
                  set={(value, how) => filter(form.current, how, { [field.name]: value })}
                />
              ))}
            </FilterFold>
          ) : null}
          <Kept names={[name, ...fields.map((field) => field.name)]} />
          <Clear
            path={path}
            names={[name, ...said.map((field) => field.name), ...others]}
            isNeeded={search !== "" || said.length > 0}
            others={others}
          />
        </form>
      </search>
      <Printed search={search} said={said} />
    </>
  );
}

/** The other parameters of the URL, which stay when a browser without JavaScript submits the form. */
function Kept({ names }: { names: readonly string[] }) {
  return [...useSearchParams()]
    .filter(([name]) => !names.includes(name) && !POSITION.includes(name))
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

type ClearProps = { path: string; names: readonly string[]; isNeeded: boolean; others: readonly string[] };

function Clear({ path, names, isNeeded, others }: ClearProps) {
  const params = useSearchParams();
  if (!isNeeded && !others.some((other) => params.get(other))) return null;
  return <TextLink href={addressWithout(path, params, names)}>Clear filters</TextLink>;
}

function Printed({ search, said }: { search: string; said: readonly Field[] }) {
  const dates = useDateStyle();
  const texts = [...(search ? [`“${search}”`] : []), ...said.map((field) => fieldText(field, dates))];
  return texts.length > 0 ? <p className={styles.printed}>Filtered: {texts.join(" · ")}</p> : null;
}
