import { setImmediate } from "node:timers/promises";

/** Each takes a few milliseconds, even if every item is decrypted. */
const BATCH = 500;

/** Maps items. If there are many, other requests get a turn between two batches. */
export async function mapInBatches<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    if (results.length > 0 && results.length % BATCH === 0) await setImmediate();
    results.push(map(item));
  }
  return results;
}
