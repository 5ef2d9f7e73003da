import { customerScope, licenseScope, type Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";

/** The place of a license among those that a person can see. */
export type LicensePosition = {
  customer: { id: string; name: string };
  /** Whether there are other customers to switch to. */
  otherCustomers: boolean;
  otherLicenses: boolean;
};

/** The place of a license; null if the person can't see it. */
export async function licensePosition(who: Principal, number: string): Promise<LicensePosition | null> {
  const { db } = store();
  const license = await db.license.findFirst({
    where: { number, ...licenseScope(who) },
    select: { customer: { select: { id: true, name: true } } },
  });
  if (!license) return null;
  const { customer } = license;
  const [otherCustomers, otherLicense] = await Promise.all([
    seesOthers(who, customer.id),
    db.license.findFirst({
      where: { AND: [licenseScope(who), { customerId: customer.id, number: { not: number } }] },
      select: { number: true },
    }),
  ]);
  return { customer, otherCustomers, otherLicenses: otherLicense !== null };
}

/** The place of a customer. */
export async function customerPosition(
  who: Principal,
  id: string,
): Promise<Pick<LicensePosition, "customer" | "otherCustomers"> | null> {
  const customer = await store().db.customer.findFirst({
    where: { AND: [customerScope(who), { id }] },
    select: { id: true, name: true },
  });
  return customer && { customer, otherCustomers: await seesOthers(who, id) };
}

async function seesOthers(who: Principal, customer: string): Promise<boolean> {
  const other = await store().db.customer.findFirst({
    where: { AND: [customerScope(who), { id: { not: customer } }] },
    select: { id: true },
  });
  return other !== null;
}
