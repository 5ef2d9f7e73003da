import type { Field } from "./list-filters";

/** In which orders a list can stand: what each is called, which is the usual one, and which can be chosen beside it. */
export type Orders<Sort extends string> = {
  words: Record<Sort, string>;
  usual: Sort;
  choices: readonly Sort[];
};

/** The choice of an order, also for phones, where a table has no heads to press. */
export function orderField<Sort extends string>(sort: Sort, { words, usual, choices }: Orders<Sort>): Field {
  const sorts = sort === usual || choices.includes(sort) ? choices : [sort, ...choices];
  return {
    name: "sort",
    label: "Sort by",
    any: capital(words[usual]),
    value: sort === usual ? "" : sort,
    choices: sorts.map((value) => ({ value, name: capital(words[value]) })),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
