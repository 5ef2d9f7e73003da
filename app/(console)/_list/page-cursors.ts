/** How many pages back an address remembers. */
const MOST = 20;
const APART = "~";

/** The cursor of the page that an address is about: the last of those that it went through. */
export function cursorIn(trail: string | null): string | undefined {
  return trail?.split(APART).at(-1) || undefined;
}

/** The addresses of the first page of a list, of the one before and of the one after; null where there is none. */
export type PageCursors = { first: string | null; previous: string | null; next: string | null };

/**
 * The ways from the page of a `trail`, the cursors of the pages gone through; `next` is the cursor of the page after it. Far
 * behind the first page the trail begins with a gap, before which there is only the first page.
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
