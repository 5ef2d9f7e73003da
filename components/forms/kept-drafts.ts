/** An unsent draft of a form, kept in this tab until its writer returns through the sign-in. */
type Kept = { person: string; draft: unknown; isReady: boolean };

/** The part of the browser's session storage that is used here. */
type Drawer = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "signet-draft ";

/** Saves a draft when the person leaves the page; null removes it. If the storage is full, the draft is lost. */
export function keepDraft(drawer: Drawer, place: string, person: string, draft: unknown): void {
  const key = PREFIX + place;
  const kept: Kept = { person, draft, isReady: false };
  drawer.removeItem(key);
  if (draft === null) return;
  try {
    drawer.setItem(key, JSON.stringify(kept));
  } catch {
    // The storage is full, so nothing is kept.
  }
}

/**
 * Runs at sign-in: the latest drafts become available, and drafts that nobody returned to since the previous sign-in
 * are dropped.
 */
export function readyDrafts(drawer: Drawer): void {
  for (const [key, kept] of all(drawer)) {
    if (!kept || kept.isReady) drawer.removeItem(key);
    else drawer.setItem(key, JSON.stringify({ ...kept, isReady: true }));
  }
}

/** Takes the draft of a page out of the storage. Returns it only to its writer, and only after a new sign-in. */
export function takeDraft(drawer: Drawer, place: string, person: string): unknown {
  const key = PREFIX + place;
  const kept = readKept(drawer.getItem(key));
  drawer.removeItem(key);
  return kept?.isReady && kept.person === person ? kept.draft : null;
}

function all(drawer: Drawer): [string, Kept | null][] {
  const keys = Array.from({ length: drawer.length }, (_, nth) => drawer.key(nth) ?? "");
  return keys.filter((key) => key.startsWith(PREFIX)).map((key) => [key, readKept(drawer.getItem(key))]);
}

function readKept(text: string | null): Kept | null {
  try {
    const read = JSON.parse(text ?? "null");
    return typeof read?.person === "string" ? read : null;
  } catch {
    return null;
  }
}
