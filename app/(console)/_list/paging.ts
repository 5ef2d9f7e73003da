import { Refusal } from "@/domain/refusals/refusal";

/** Reads a page of a list. A cursor of another list or filter falls back to the first page. */
export async function firstPageOnBadCursor<T>(
  cursor: string | undefined,
  read: (cursor: string | undefined) => Promise<T>,
): Promise<T> {
  try {
    return await read(cursor);
  } catch (error) {
    if (error instanceof Refusal && error.code === "INVALID_CURSOR") return read(undefined);
    throw error;
  }
}
