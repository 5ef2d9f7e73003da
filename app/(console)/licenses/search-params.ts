import { z } from "zod";

export type SearchParams = Record<string, string | string[] | undefined>;

const cursor = z.string().optional().catch(undefined);
const search = z.object({ q: z.string().trim().max(200).catch(""), cursor });

/** What the address of the list says; what it says wrongly counts as not said. */
export function licenseSearch(params: SearchParams): z.infer<typeof search> {
  return search.parse(params);
}

/** Where a list goes on, in the address of a page that has nothing else there. */
export function pageCursor(params: SearchParams): string | undefined {
  return cursor.parse(params.cursor);
}
