import { IconBuilding, IconKey, IconServer2, IconUser } from "@tabler/icons-react";
import type { LicenseChoice } from "@/app/(console)/switch/choices";
import type { UserRow } from "@/app/(console)/users/user-rows";
import { counted } from "@/components/text/numbers";
import { type DateStyle, dayText } from "@/domain/dates/date-style";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { Entry, GroupName } from "./entries";
import { copyEntry } from "./own-entries";
import type { PastedKey } from "./pasted-key";

/** The search results as the server returns them. */
export type FoundThings = {
  licenses: (LicenseChoice & { customer: string })[];
  customers: { id: string; name: string }[];
  deployments: { license: string; source: string; name: string | null }[];
  keys: { license: string; jti: string; label: string; revoked: string | null }[];
};
export type FoundPerson = { license: string; instance: string; subject: string; allotment: string };

export function thingEntries(
  { licenses, customers, deployments, keys }: FoundThings,
  dates: DateStyle,
): Entry[] {
  return [
    ...licenses.map((license) => licenseEntry(license, "Licenses")),
    ...customers.map((customer) => customerEntry(customer, "Customers")),
    ...deployments.flatMap(({ license, source, name }): Entry[] => [
      {
        id: `deployment ${license} ${source}`,
        group: "Deployments",
        name: name ?? source,
        hint: `of ${formatLicenseNumber(license)}`,
        Icon: IconServer2,
        href: `/licenses/${license}/deployments?${new URLSearchParams({ open: source })}`,
      },
      copyEntry(`Copy the source${name ? ` of ${name}` : ""}`, source, source),
    ]),
    ...keys.flatMap(({ license, jti, label, revoked }): Entry[] => [
      {
        id: `found key ${jti}`,
        group: "Keys",
        name: label || `Key ${jti.slice(0, 8)}`,
        hint: `of ${formatLicenseNumber(license)}, ${statusOf(revoked, dates)}`,
        Icon: IconKey,
        href: hrefOfKey(license, jti),
      },
      copyEntry(`Copy the key ID of ${label || "the key"}`, jti, jti),
    ]),
  ];
}

export function recentEntries({ licenses, customers }: Pick<FoundThings, "licenses" | "customers">): Entry[] {
  return [
    ...licenses.map((license) => licenseEntry(license, "Recent")),
    ...customers.map((customer) => customerEntry(customer, "Recent")),
  ];
}

export function personEntries(people: readonly FoundPerson[]): Entry[] {
  return people.map(({ license, instance, subject, allotment }) => ({
    id: `person ${license} ${instance}`,
    group: "Users",
    name: subject,
    hint: `${allotment} of ${formatLicenseNumber(license)}`,
    Icon: IconUser,
    href: `/licenses/${license}/assignments?open=${instance}`,
  }));
}

export function userEntries(users: readonly UserRow[]): Entry[] {
  return users.map(({ subject, href, seats, licenses }) => ({
    id: `user ${href}`,
    group: "Users",
    name: subject,
    hint: `${counted(seats, "seat")} in ${counted(licenses.length, "license")}`,
    Icon: IconUser,
    href,
  }));
}

/** The entry of a pasted key; `found` is undefined until the server has looked up its jti. */
export function keyEntry(
  { jti, license }: PastedKey,
  found: FoundThings["keys"] | undefined,
  dates: DateStyle,
): Entry {
  const name = `Key for ${formatLicenseNumber(license)}`;
  const known = found?.find((key) => key.jti === jti);
  if (known)
    return {
      id: `key ${jti}`,
      group: "Key",
      name,
      hint: [known.label && `label ${known.label}`, statusOf(known.revoked, dates)]
        .filter(Boolean)
        .join(", "),
      Icon: IconKey,
      href: hrefOfKey(known.license, jti),
    };
  const hint = found ? "Not issued here, or not visible to you" : "Searching for its ID…";
  return { id: `key ${jti}`, group: "Key", name, hint, Icon: IconKey, tells: true };
}

function hrefOfKey(license: string, jti: string): string {
  return `/licenses/${license}/keys?${new URLSearchParams({ open: jti })}`;
}

function statusOf(revoked: string | null, dates: DateStyle): string {
  return revoked ? `revoked ${dayText(new Date(revoked), dates)}` : "in use";
}

function licenseEntry(license: FoundThings["licenses"][number], group: GroupName): Entry {
  const { number, customer, product, seal, words } = license;
  return {
    id: `${group} ${number}`,
    group,
    name: formatLicenseNumber(number),
    hint: `${customer}, ${product}, ${words}`,
    seal: { number, status: seal },
    href: `/licenses/${number}`,
  };
}

function customerEntry({ id, name }: { id: string; name: string }, group: GroupName): Entry {
  return { id: `${group} ${id}`, group, name, Icon: IconBuilding, href: `/customers/${id}` };
}
