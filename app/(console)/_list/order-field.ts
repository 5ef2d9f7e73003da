import type { Field } from "./filter-fields";

/** The orders of a list: their labels, the default, and the ones offered beside it. */
export type Orders<Sort extends string> = {
  words: Record<Sort, string>;
  usual: Sort;
  choices: readonly Sort[];
};

/** The select field for the order. Phones need it because their tables have no headers. */
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
