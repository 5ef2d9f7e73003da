import type { Beginnings } from "@/domain/first-steps";
import { Prisma } from "@/prisma/client/client";
import { licenseScope, type Principal } from "@/server/access/gate";
import { DID_CALL } from "@/server/store/deployment-filters";
import { store } from "@/server/store/store";

type Row = Omit<Beginnings, "hasSafeOwner"> & { owner: boolean };

/** The first steps of this installation; null for a principal who is limited to a part of it. */
export async function beginnings({ customers, license }: Principal): Promise<Beginnings | null> {
  if (customers || license) return null;
  const [row] = await store().db.$queryRaw<Row[]>`
    SELECT
      EXISTS (SELECT FROM "user" u WHERE u.role = 'owner' AND u.removed_at IS NULL AND (u.two_factor_enabled
        OR NOT EXISTS (SELECT FROM account a WHERE a.user_id = u.id AND a.provider_id = 'credential'))) AS owner,
      (SELECT id::text FROM customer WHERE NOT is_sample ORDER BY id LIMIT 1) AS customer,
      (SELECT l.number FROM license l JOIN customer c ON c.id = l.customer_id
        WHERE l.copy_of IS NULL AND NOT c.is_sample ORDER BY l.number LIMIT 1) AS license,
      (SELECT json_build_object('jti', k.jti, 'license', l.number, 'product', COALESCE(l.products[1], l.product))
        FROM signed_key k JOIN license l ON l.number = k.license JOIN customer c ON c.id = l.customer_id
        WHERE k.revoked_at IS NULL AND l.status = 'active' AND l.copy_of IS NULL AND NOT c.is_sample
        ORDER BY k.license, k.issued_at LIMIT 1) AS key,
      EXISTS (SELECT FROM deployment d JOIN license l ON l.number = d.license JOIN customer c ON c.id = l.customer_id
        WHERE l.copy_of IS NULL AND NOT c.is_sample AND ${Prisma.raw(DID_CALL)}) AS "hasActivated"`;
  if (!row) throw new Error("A statement that always answers one row answered none.");
  const { owner, ...rest } = row;
  return { hasSafeOwner: owner, ...rest };
}

/** Whether a principal sees licenses that aren't sample data. */
export async function hasOwnLicense(who: Principal): Promise<boolean> {
  const own = { customer: { isSample: false }, copyOf: null };
  return (await store().db.license.count({ where: { AND: [licenseScope(who), own] } })) > 0;
}
