/** The URL remembers at most this many pages. */
const MOST = 20;
const APART = "~";

/** The cursor of the current page: the last one of the trail. */
export function cursorIn(trail: string | null): string | undefined {
  return trail?.split(APART).at(-1) || undefined;
}

/** Links to the first, previous and next page of a list; null where there is none. */
export type PageCursors = { first: string | null; previous: string | null; next: string | null };

/**
 * Builds the links of a page from its `trail`, the cursors of the pages before it, and `next`, the cursor of the page
 * after it. Far behind the first page the trail starts with a gap; the page before the gap is the first one.
 */
export function cursorsFrom(
  trail: string | null,
  next: string | null,
  hrefOf: (trail: string | null) => string,
): PageCursors {
  const gone = trail ? trail.split(APART) : [];
  const isBeforeGap = gone.at(-2) === "";
  return {
    first: trail ? hrefOf(null) : null,
    previous: trail && !isBeforeGap ? hrefOf(gone.slice(0, -1).join(APART) || null) : null,
    next: next && hrefOf(shortened([...gone, next]).join(APART)),
  };
}

function shortened(trail: string[]): string[] {
  return trail.length > MOST ? ["", ...trail.slice(-MOST)] : trail;
}
