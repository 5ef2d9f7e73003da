import type { ApiToken } from "@/prisma/client/client";
import type { Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";

/** Those of these tokens whose whole reach a principal has: a license admin sees connections of the own customers only. */
export async function tokensInScope(
  { customers, license }: Principal,
  ids: readonly string[],
): Promise<ApiToken[]> {
  const { db } = store();
  const tokens = await db.apiToken.findMany({ where: { id: { in: [...ids] } } });
  if (license) return tokens.filter((token) => token.license === license);
  if (!customers) return tokens;
  const numbers = tokens.flatMap((token) => token.license ?? []);
  const licenses = await db.license.findMany({
    where: { number: { in: numbers }, customerId: { in: customers } },
    select: { number: true },
  });
  const own = new Set(licenses.map(({ number }) => number));
  return tokens.filter((token) =>
    token.license
      ? own.has(token.license)
      : token.customers.length > 0 && token.customers.every((id) => customers.includes(id)),
  );
}
