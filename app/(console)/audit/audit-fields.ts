import type { SearchParams } from "nuqs/server";
import type { Choice, Field } from "@/app/(console)/_list/filter-fields";
import { dayShown } from "@/app/(console)/_list/iso-days";
import { AUDIT_ACTIONS, AUDIT_NOUNS, type AuditNoun } from "@/domain/audit-actions";
import { ACTOR_KINDS, type AuditParams } from "./search-params";

const KINDS = { user: "People", token: "API tokens", product: "Products", system: "Signet" };

/** The filters above the audit, beside the search for an actor. `nouns` are those that its events can have. */
export function fieldsOf(
  { kind, action, object, from, to }: AuditParams,
  address: SearchParams,
  nouns: readonly AuditNoun[],
): Field[] {
  return [
    {
      ...{ name: "kind", label: "Kind of actor", any: "Anyone", value: kind ?? "" },
      choices: ACTOR_KINDS.map((value) => ({ value, name: KINDS[value] })),
    },
    {
      ...{ name: "action", label: "Action", any: "Any action", value: action },
      choices: nouns.flatMap(actionsOf),
    },
    { kind: "text", name: "object", label: "Object, by name or ID", value: object.trim() },
    { kind: "day", name: "from", label: "From (UTC)", value: dayShown(from, address.from) },
    { kind: "day", name: "to", label: "To (UTC)", value: dayShown(to, address.to) },
  ];
}

function actionsOf(noun: AuditNoun): Choice[] {
  const group = AUDIT_NOUNS[noun];
  const actions = Object.entries(AUDIT_ACTIONS).filter(([value]) => value.startsWith(`${noun}.`));
  return [
    { value: noun, name: `All ${eventsOf(noun)} events`, group },
    ...actions.map(([value, name]) => ({ value, name, group })),
  ];
}

/** Turns `Signed definitions` into `signed definition`, for `All signed definition events`. */
function eventsOf(noun: AuditNoun): string {
  const name = AUDIT_NOUNS[noun].replace(/s$/, "");
  return name.startsWith("API") ? name : name.toLowerCase();
}
