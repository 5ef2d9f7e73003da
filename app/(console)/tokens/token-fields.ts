import { capital } from "@/components/capital";
import { ROLE_WORDS } from "@/components/role-words";
import { ROLES } from "@/domain/roles";
import type { Field } from "../list-filters";
import type { TokenParams } from "./search-params";

type Sort = TokenParams["sort"];

const WORDS: Record<Sort, string> = {
  name: "by name",
  "-name": "by name, from the last",
  created: "the oldest first",
  "-created": "the newest first",
  used: "the longest unused first",
  "-used": "the last used first",
  ends: "the next to end first",
  "-ends": "the last to end first",
};
const ORDERS: Sort[] = ["name", "-used", "ends"];

export function orderInWords(sort: Sort): string {
  return WORDS[sort];
}

/** The lists of choices above the list of tokens. */
export function fieldsOf({ role, state, sort }: TokenParams): Field[] {
  const orders = ORDERS.includes(sort) || sort === "-created" ? ORDERS : [sort, ...ORDERS];
  return [
    {
      ...{ name: "role", label: "Role", any: "Any role", value: role ?? "" },
      choices: ROLES.map((value) => ({ value, name: ROLE_WORDS[value].name })),
    },
    {
      ...{ name: "state", label: "State", any: "Any state", value: state ?? "" },
      choices: [
        { value: "in-use", name: "In use" },
        { value: "ended", name: "Ended or revoked" },
      ],
    },
    {
      ...{ name: "sort", label: "Order", any: "Newest first", value: sort === "-created" ? "" : sort },
      choices: orders.map((value) => ({ value, name: capital(WORDS[value]) })),
    },
  ];
}
