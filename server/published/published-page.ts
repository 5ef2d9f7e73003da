/** A page of a list of the published API; `next` and `prev` are tokens of the pages beside it, null at the ends. */
export type PublishedPage<Item> = { items: Item[]; next: string | null; prev: string | null };
