import { customerScope, licenseScope, type Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";

/** Where a license stands among what a person may see. */
export type LicensePosition = {
  customer: { id: string; name: string };
  /** Whether there are others that it could be switched to. */
  otherCustomers: boolean;
  otherLicenses: boolean;
};

/** Null for a license that the person may not see. */
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

/** The same for a customer. */
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
