import type { Field } from "@/app/(console)/_list/filter-fields";
import { type Orders, orderField } from "@/app/(console)/_list/order-field";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { ROLES } from "@/domain/roles";
import type { PeopleParams } from "./search-params";

export const PEOPLE_ORDERS: Orders<PeopleParams["sort"]> = {
  words: {
    name: "name A–Z",
    "-name": "name Z–A",
    role: "role, owners first",
    "-role": "role, auditors first",
    seen: "least recently seen",
    "-seen": "last seen first",
    created: "oldest first",
    "-created": "newest first",
  },
  usual: "name",
  choices: ["role", "-seen", "-created"],
};

/** The select fields above the list of people. */
export function fieldsOf(asked: PeopleParams, customers: { id: string; name: string }[]): Field[] {
  const { role, state, factor, customer, sort } = asked;
  return [
    {
      ...named("role", "Role", "Any role", role),
      choices: ROLES.map((value) => ({ value, name: ROLE_LABELS[value].name })),
    },
    {
      ...named("state", "State", "Any state", state),
      choices: [
        { value: "come", name: "With an account" },
        { value: "invited", name: "Invited" },
      ],
    },
    {
      ...named("customer", "Customer", "Any customer", customer),
      choices: customers.map(({ id, name }) => ({ value: id, name })),
    },
    {
      ...named("factor", "Second factor", "Any factor", factor),
      choices: [
        { value: "on", name: "Second factor on" },
        { value: "off", name: "No second factor" },
      ],
    },
    orderField(sort, PEOPLE_ORDERS),
  ];
}

function named(name: string, label: string, any: string, value: string | null) {
  return { name, label, any, value: value ?? "" };
}
