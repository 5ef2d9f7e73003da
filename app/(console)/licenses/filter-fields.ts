import type { Field } from "@/app/(console)/_list/filter-fields";
import { orderField } from "@/app/(console)/_list/order-field";
import { STATE_NAMES } from "@/components/text/status-labels";
import { monthText } from "@/components/text/when";
import { LICENSE_STATES } from "@/domain/licenses/license-state";
import { parseMonth } from "@/domain/month";
import { LICENSE_ORDERS } from "./list-sorts";
import type { ListParams } from "./search-params";

export type Choices = { products: string[]; customers: { id: string; name: string }[] };

const STATUSES = { active: "Active", suspended: "Suspended", revoked: "Revoked" };
const MOST_CHOICES = 300;
const ENDS = [30, 60, 90, 180, 365];

/** The select fields above the list of licenses. */
export function fieldsOf(params: ListParams, { products, customers }: Choices): Field[] {
  const { status, state, product, customer, ends, excess, silent } = params;
  return [
    { ...named("status", "Status", "Any status"), value: status ?? "", choices: entriesOf(STATUSES) },
    {
      ...named("state", "Worst state", "Any state"),
      value: state ?? "",
      choices: LICENSE_STATES.map((value) => ({ value, name: STATE_NAMES[value] })),
    },
    {
      ...named("product", "Product", "Any product"),
      value: product ?? "",
      choices: products.map((value) => ({ value, name: value })),
    },
    {
      ...named("customer", "Customer", "Any customer"),
      value: customer ?? "",
      choices: shownOf(customers, customer).map(({ id, name }) => ({ value: id, name })),
    },
    { ...named("ends", "Ends", "Any end date"), value: ends ?? "", choices: endsOf(ends) },
    flag("excess", "Seats", "Any seats", "With excess", excess),
    flag("silent", "Contact", "Any contact", "With silent deployments", silent),
    orderField(params.sort, LICENSE_ORDERS),
  ];
}

/** A select field can't hold thousands of customers; the search finds those. */
function shownOf(customers: Choices["customers"], chosen: string | null) {
  const [first, rest] = [customers.slice(0, MOST_CHOICES), customers.slice(MOST_CHOICES)];
  return [...rest.filter(({ id }) => id === chosen), ...first];
}

function named(name: string, label: string, any: string) {
  return { name, label, any };
}

function flag(name: string, label: string, any: string, yes: string, value: "true" | null): Field {
  return { ...named(name, label, any), value: value ?? "", choices: [{ value: "true", name: yes }] };
}

function endsOf(said: string | null) {
  const within = ENDS.map((days) => ({ value: String(days), name: `Ends within ${days} days` }));
  if (!said || ENDS.map(String).includes(said)) return within;
  const name = parseMonth(said) ? `Ends in ${monthText(said)}` : `Ends within ${said} days`;
  return [{ value: said, name }, ...within];
}

function entriesOf(names: Record<string, string>) {
  return Object.entries(names).map(([value, name]) => ({ value, name }));
}
