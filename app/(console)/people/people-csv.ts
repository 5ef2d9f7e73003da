import type { CsvCell } from "@/app/(console)/_list/csv";
import type { Invitation } from "@/server/identity/invitations";
import type { Person } from "@/server/identity/people-list";

export const HEAD = [
  "name",
  "e-mail",
  "role",
  "state",
  "customers",
  "second factor",
  "last seen",
  "since",
  "link expires",
];

/**
 * A person as a row of the export. Without customers, the access is either to all of them or to none that still exists.
 */
export function personRow(person: Person): CsvCell[] {
  const { name, email, role, customers, secondFactor, lastSeen, created } = person;
  return [
    name,
    email,
    role,
    "account",
    customers.map((customer) => customer.name).join("; "),
    secondFactor ? "on" : "off",
    lastSeen?.toISOString() ?? null,
    created.toISOString(),
    null,
  ];
}

/** An invitation as a row of the export, without a name. */
export function invitationRow(invitation: Invitation, names: Map<string, string>): CsvCell[] {
  const { email, role, customers, created, expires } = invitation;
  const reach = customers.map((id) => names.get(id) ?? "a deleted customer").join("; ");
  return [null, email, role, "invited", reach, null, null, created.toISOString(), expires.toISOString()];
}
