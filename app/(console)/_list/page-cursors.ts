/** The URL remembers at most this many pages. */
const MOST = 20;
const APART = "~";
const NONE = { first: null, previous: null, next: null, whole: null, pages: null, limitedTo: null };

/** In place of a trail: the whole list on one page, for printing. */
export const WHOLE = "all";
/** A list that is shown whole has at most this many rows. */
export const MOST_ROWS = 1000;

export function isWhole(trail: string | null): boolean {
  return trail === WHOLE;
}

/** The cursor of the current page: the last one of the trail. */
export function cursorIn(trail: string | null): string | undefined {
  return trail?.split(APART).at(-1) || undefined;
}

/** Links to other pages of a list; null where there is none. */
export type PageCursors = {
  first: string | null;
  previous: string | null;
  next: string | null;
  /** The whole list, unless it is on this page. */
  whole: string | null;
  /** The list page by page, if it is shown whole. */
  pages: string | null;
  /** How many rows are shown of a whole list that has more. */
  limitedTo: number | null;
};

/**
 * Builds the links of a page from its `trail`, the cursors of the pages before it, and `next`, the cursor of the page
 * after it. Far behind the first page the trail starts with a gap; the page before the gap is the first one.
 */
export function cursorsFrom(
  trail: string | null,
  next: string | null,
  hrefOf: (trail: string | null) => string,
): PageCursors {
  if (isWhole(trail)) return { ...NONE, pages: hrefOf(null), limitedTo: next ? MOST_ROWS : null };
  const gone = trail ? trail.split(APART) : [];
  const isBeforeGap = gone.at(-2) === "";
  return {
    ...NONE,
    first: trail ? hrefOf(null) : null,
    previous: trail && !isBeforeGap ? hrefOf(gone.slice(0, -1).join(APART) || null) : null,
    next: next && hrefOf(shortened([...gone, next]).join(APART)),
    whole: trail || next ? hrefOf(WHOLE) : null,
  };
}

function shortened(trail: string[]): string[] {
  return trail.length > MOST ? ["", ...trail.slice(-MOST)] : trail;
}
