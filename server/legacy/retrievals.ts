import { nothingHere } from "@/domain/refusals/refusal";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";
import { lefOf } from "./lef-retrieval";

/** A retrieval of a LEF by a legacy product. */
export type Retrieval = { at: Date; address: string | null; userAgent: string | null };

/** The LEF of a license as it is served, whether it has a control number or not. */
export async function lefOfLicense(number: string) {
  const row = await store().db.license.findUnique({ where: { number }, select: { definitionId: true } });
  if (!row) throw nothingHere();
  return lefOf(number, row.definitionId);
}

/** The retrievals of a license by serial and control number in the last year, newest first. */
export async function listRetrievals(license: string, { limit, cursor }: Slice): Promise<Page<Retrieval>> {
  const filter = ["retrievals", license];
  const after = decodeCursor(cursor, filter);
  const before = after ? new Date(String(after.key)) : undefined;
  const rows = await store().db.retrieval.findMany({
    where: {
      license,
      ...(before && after ? { OR: [{ at: { lt: before } }, { at: before, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ at, id }) => ({ key: at.toISOString(), id }));
  const items = page.items.map(({ at, address, userAgent }) => ({ at, address: address || null, userAgent }));
  return { items, cursor: page.cursor };
}
