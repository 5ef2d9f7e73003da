import { Refusal } from "@/domain/refusals/refusal";
import { cursorIn, isWhole, MOST_ROWS } from "./page-cursors";

type Page = { items: readonly unknown[]; cursor: string | null };

/**
 * Reads the page of a list that `trail` in the URL names, or the whole list up to `MOST_ROWS` rows. A cursor of another
 * list or filter falls back to the first page.
 */
export async function pageAt<P extends Page>(
  trail: string | null,
  read: (cursor: string | undefined) => Promise<P>,
): Promise<P> {
  if (isWhole(trail)) return allPages(read);
  try {
    return await read(cursorIn(trail));
  } catch (error) {
    if (error instanceof Refusal && error.code === "INVALID_CURSOR") return read(undefined);
    throw error;
  }
}

async function allPages<P extends Page>(read: (cursor: string | undefined) => Promise<P>): Promise<P> {
  const first = await read(undefined);
  const items = [...first.items];
  let { cursor } = first;
  while (cursor && items.length < MOST_ROWS) {
    const next = await read(cursor);
    items.push(...next.items);
    cursor = next.cursor;
  }
  return { ...first, items, cursor };
}

export function hasNoItems({ items }: Page): boolean {
  return items.length === 0;
}
