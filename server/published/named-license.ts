import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { Action } from "@/domain/roles";
import { allowOnLicense, licenseScope, type Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";

/**
 * The license that a call means, on which the action is allowed: the one that its address names, else the one that the
 * token is bound to, else the only one that it sees. Throws `LICENSE_NOT_NAMED` if there is no only one.
 */
export async function namedLicense(
  principal: Principal,
  named: string | null,
  action: Action,
): Promise<string> {
  const number =
    named === null ? (principal.license ?? (await onlyLicense(principal))) : parseLicenseNumber(named);
  if (number === null) throw nothingHere();
  await allowOnLicense(principal, action, number);
  return number;
}

async function onlyLicense(principal: Principal): Promise<string> {
  const seen = await store().db.license.findMany({
    where: licenseScope(principal),
    select: { number: true },
    take: 2,
  });
  const [only] = seen;
  if (only && seen.length === 1) return only.number;
  const sees = only ? "sees several licenses" : "doesn't see any license";
  throw new Refusal(
    "LICENSE_NOT_NAMED",
    `This token ${sees}. Put /l/ and the license number before the path, as in /l/9999000000001253/api/v1/licenses/overview, or use a token that is bound to one license.`,
  );
}
