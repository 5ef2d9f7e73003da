import type { Field } from "@/app/(console)/_list/filter-fields";
import { type Orders, orderField } from "@/app/(console)/_list/order-field";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { ROLES } from "@/domain/roles";
import type { TokenParams } from "./search-params";

export const TOKEN_ORDERS: Orders<TokenParams["sort"]> = {
  words: {
    name: "name A–Z",
    "-name": "name Z–A",
    created: "oldest first",
    "-created": "newest first",
    used: "least recently used",
    "-used": "last used first",
    ends: "expires soonest",
    "-ends": "expires latest",
  },
  usual: "-created",
  choices: ["name", "-used", "ends"],
};

/** The select fields above the list of tokens. */
export function fieldsOf({ role, state, sort }: TokenParams): Field[] {
  return [
    {
      ...{ name: "role", label: "Role", any: "Any role", value: role ?? "" },
      choices: ROLES.map((value) => ({ value, name: ROLE_LABELS[value].name })),
    },
    {
      ...{ name: "state", label: "State", any: "Any state", value: state ?? "" },
      choices: [
        { value: "in-use", name: "In use" },
        { value: "ended", name: "Expired or revoked" },
      ],
    },
    orderField(sort, TOKEN_ORDERS),
  ];
}
