import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { actorNames } from "@/server/audit/actor-names";
import type { TokenSummary } from "@/server/identity/tokens";

/** The scope of a token, with customers by name. */
export function reachOf({ license, customers }: TokenSummary, names: Map<string, string>): string {
  if (license) return `license ${formatLicenseNumber(license)}`;
  if (customers.length === 0) return "everything";
  return customers.map((id) => names.get(id) ?? "a deleted customer").join(", ");
}

/** The names of creators: people, tokens, the environment's token, or the command line. */
export async function makerNames(tokens: TokenSummary[]): Promise<(token: TokenSummary) => string> {
  const makers = tokens.flatMap(({ createdBy: id }) => [
    { kind: "user" as const, id },
    { kind: "token" as const, id },
  ]);
  const nameOf = await actorNames(makers);
  return ({ createdBy }) => nameOf({ kind: "user", id: createdBy });
}
