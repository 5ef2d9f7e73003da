"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useCallback, useEffect, useRef, useState, useTransition } from "react";
import { FilterFold } from "@/components/ui/filter-fold";
import styles from "./list-filters.module.css";

export type Choice = { value: string; name: string };

/** A select field; its first option means "no filter". */
export type Field = { name: string; label: string; any: string; value: string; choices: readonly Choice[] };

type Props = {
  path: string;
  /** The label of the search field. */
  label: string;
  hint: string;
  search: string;
  fields: readonly Field[];
  /** Other parameters of the URL, which stay unchanged. */
  kept?: Record<string, string>;
};

const PAUSE = 250;
/** At most this many select fields fit beside the search. */
const FEW = 3;
const NOTHING = {};

/**
 * The search and filters of a list. They apply while the person types and chooses; without JavaScript a button submits
 * them.
 */
export function ListFilters({ path, label, hint, search, fields, kept = NOTHING }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useSaid(search);
  const { go, isPending } = useAddress(path, kept);
  const said = fields.filter(({ name, value }) => name !== "sort" && value !== "").length;
  useEffect(() => {
    if (typed.trim() === search) return;
    const wait = setTimeout(() => go(form.current, "replace"), PAUSE);
    return () => clearTimeout(wait);
  }, [typed, search, go]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(form.current, "push");
  };
  return (
    <search className={styles.filters} aria-busy={isPending}>
      <form ref={form} action={path} onSubmit={submit}>
        <input
          type="search"
          name="q"
          aria-label={label}
          placeholder={hint}
          maxLength={200}
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <button type="submit">Find</button>
        <FilterFold said={said} className={fields.length <= FEW ? styles.few : styles.lists}>
          {fields.map((field) => (
            <Selection key={field.name} field={field} choose={() => go(form.current, "push")} />
          ))}
        </FilterFold>
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </form>
    </search>
  );
}

function Selection({ field, choose }: { field: Field; choose(): void }) {
  const { name, label, any, value, choices } = field;
  const [chosen, setChosen] = useSaid(value);
  return (
    <select
      name={name}
      aria-label={label}
      value={chosen}
      data-said={chosen !== ""}
      onChange={({ currentTarget }) => {
        setChosen(currentTarget.value);
        choose();
      }}
    >
      <option value="">{any}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.name}
        </option>
      ))}
    </select>
  );
}

/** The value of a field: what the URL says until somebody edits it. */
function useSaid(value: string) {
  const [shown, setShown] = useState(value);
  const [said, setSaid] = useState(value);
  if (said !== value) {
    setSaid(value);
    if (shown.trim() === said) setShown(value);
  }
  return [shown, setShown] as const;
}

const POSITION = ["cursor", "open"];

/**
 * Writes the form's fields to the URL. Empty fields are left out; other parameters stay, except the position in the
 * list.
 */
function useAddress(path: string, kept: Record<string, string>) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const go = useCallback(
    (form: HTMLFormElement | null, how: "push" | "replace") => {
      if (!form) return;
      const sent = [...new FormData(form)].filter(([name]) => !(name in kept));
      const said = sent.flatMap(([name, value]) =>
        typeof value === "string" && value.trim() ? [[name, value.trim()]] : [],
      );
      const asked = [...POSITION, ...sent.map(([name]) => name)];
      const rest = [...new URLSearchParams(location.search)].filter(([name]) => !asked.includes(name));
      const search = String(new URLSearchParams([...said, ...rest]));
      const href = search ? `${path}?${search}` : path;
      start(() => router[how](href, { scroll: false }));
    },
    [path, router, kept],
  );
  return { go, isPending };
}
