import type { CsvCell } from "@/app/(console)/_list/csv";
import type { TokenSummary } from "@/server/identity/tokens";
import { reachOf } from "./token-labels";

export const HEAD = [
  "name",
  "role",
  "access",
  "created by",
  "created",
  "last used",
  "expires",
  "revoked",
  "state",
  "id",
];

/** A token as a row of the export, without its text; `by` is its creator. */
export function csvRow(
  token: TokenSummary,
  by: string,
  customers: Map<string, string>,
  now: Date,
): CsvCell[] {
  const { id, name, role, created, lastUsed, expires, revoked } = token;
  const hasEnded = revoked !== null || (expires !== null && expires <= now);
  return [
    name,
    role,
    reachOf(token, customers),
    by,
    created.toISOString(),
    lastUsed?.toISOString() ?? null,
    expires?.toISOString() ?? null,
    revoked?.toISOString() ?? null,
    hasEnded ? "ended" : "in use",
    id,
  ];
}
