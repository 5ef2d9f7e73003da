import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { rejectionTitle } from "@/domain/refusals/seat-refusals";
import type { ListedEffect } from "@/server/scim/effects";
import type { ScimConnection } from "@/server/scim/shown-connections";

/** What a connection reaches, with customers by name. */
export function reachLabel(
  { license, customers }: Pick<ScimConnection, "license" | "customers">,
  names: ReadonlyMap<string, string>,
): string {
  if (license) return formatLicenseNumber(license);
  return customers.map((id) => names.get(id) ?? "a deleted customer").join(", ");
}

/** What was done, or in report mode would be, in a few words. */
export function effectLabel({ kind, isDone }: Pick<ListedEffect, "kind" | "isDone">): string {
  switch (kind) {
    case "released":
      return isDone ? "Seat released" : "Would release a seat";
    case "assigned":
      return isDone ? "Seat assigned" : "Would assign a seat";
    default:
      return OTHERS[kind];
  }
}

const OTHERS = {
  refused: "No seat for a member",
  spelling: "Seat under another spelling",
  "no-subject": "No subject",
  "member-unknown": "Member unknown",
  "operation-failed": "Part of a change refused",
} as const satisfies Partial<Record<ListedEffect["kind"], string>>;

/** Why a seat wasn't given; null if there is nothing to say. */
export function whyLabel({ kind, code }: Pick<ListedEffect, "kind" | "code">): string | null {
  if (kind === "no-subject") return "The user has no value at the subject of this connection.";
  if (kind === "spelling") return "Not released: it can be another person.";
  if (kind === "member-unknown") return "Not a user of this connection.";
  return code ? (rejectionTitle(code) ?? code) : null;
}
