import { capital } from "@/components/capital";
import type { Field } from "../list-filters";
import type { CustomerParams } from "./search-params";

type Sort = CustomerParams["sort"];

const WORDS: Record<Sort, string> = {
  name: "by name",
  "-name": "by name, from the last",
  worst: "the worst first",
  "-worst": "the best first",
  licenses: "the fewest licenses first",
  "-licenses": "the most licenses first",
  created: "the oldest first",
  "-created": "the newest first",
};
const CHOICES: Sort[] = ["worst", "-licenses", "-created"];

export function orderInWords(sort: Sort): string {
  return WORDS[sort];
}

/** Also for phones, where the table has no heads to press. */
export function orderField(sort: Sort): Field {
  const sorts = CHOICES.includes(sort) || sort === "name" ? CHOICES : [sort, ...CHOICES];
  const choices = sorts.map((value) => ({ value, name: capital(WORDS[value]) }));
  return { name: "sort", label: "Order", any: "By name", value: sort === "name" ? "" : sort, choices };
}
