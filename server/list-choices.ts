import { customerScope, licenseScope, type Principal } from "./gate";
import { store } from "./store";

const MOST = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The products of the licenses that one may see, by name. */
export async function productChoices(principal: Principal): Promise<string[]> {
  const rows = await store().db.license.groupBy({
    by: ["product"],
    where: licenseScope(principal),
    orderBy: { product: "asc" },
  });
  return rows.map(({ product }) => product);
}

/** The customers that one may see, by name: the first of them, and the wanted one wherever it stands. */
export async function customerChoices(
  principal: Principal,
  wanted?: string | null,
): Promise<{ id: string; name: string }[]> {
  const select = { id: true, name: true };
  const scope = customerScope(principal);
  const first = await store().db.customer.findMany({
    where: scope,
    orderBy: [{ nameKey: "asc" }],
    take: MOST,
    select,
  });
  if (!wanted || !UUID.test(wanted) || first.some(({ id }) => id === wanted)) return first;
  const one = await store().db.customer.findFirst({ where: { AND: [{ id: wanted }, scope] }, select });
  return one ? [one, ...first] : first;
}
