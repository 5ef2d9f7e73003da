import { dateStyle } from "@/app/(console)/_lib/date-style";
import { licenseLabel } from "@/components/text/license-labels";
import type { DateStyle } from "@/domain/dates/date-style";
import { type LicenseMark, type LicenseState, licenseMark } from "@/domain/licenses/license-state";
import type { Principal } from "@/server/access/gate";
import { listCustomers } from "@/server/licenses/customers";
import type { LicenseSummary } from "@/server/licenses/license";
import { listLicenses } from "@/server/licenses/license-list";

export type CustomerChoice = { id: string; name: string; licenses: number };
export type LicenseChoice = {
  number: string;
  product: string;
  seal: LicenseMark;
  words: string;
  state: LicenseState | null;
};
/** The entries of a switcher; `more` says that only the first ones are listed. */
export type Choices<Choice> = { choices: Choice[]; more: boolean };

const MOST = 50;

export async function customerChoices(who: Principal, query: string): Promise<Choices<CustomerChoice>> {
  const { items, cursor } = await listCustomers(who, { query, limit: MOST });
  return {
    choices: items.map(({ id, name, licenses }) => ({ id, name, licenses })),
    more: cursor !== null,
  };
}

export async function licenseChoices(
  who: Principal,
  customer: string,
  query: string,
  now: Date,
): Promise<Choices<LicenseChoice>> {
  const wish = { customer, query, sort: "number", limit: MOST } as const;
  const { items, cursor } = await listLicenses(who, wish, now);
  const dates = await dateStyle();
  return { choices: items.map((license) => licenseChoice(license, dates)), more: cursor !== null };
}

export function licenseChoice(license: LicenseSummary, dates: DateStyle): LicenseChoice {
  const { number, product, status, standing, trial } = license;
  return { number, product, seal: licenseMark(status, standing, trial), ...licenseLabel(license, dates) };
}
