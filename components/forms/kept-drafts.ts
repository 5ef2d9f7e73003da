/** What was typed in a form and not sent, kept in this tab for whoever comes back to it through the sign-in. */
type Kept = { person: string; draft: unknown; isReady: boolean };

/** Of the browser's session storage the part that is used. */
type Drawer = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "signet-draft ";

/** Keeps a draft as somebody leaves the page; null takes it away. One that the browser has no room for is not kept. */
export function keepDraft(drawer: Drawer, place: string, person: string, draft: unknown): void {
  const key = PREFIX + place;
  const kept: Kept = { person, draft, isReady: false };
  drawer.removeItem(key);
  if (draft === null) return;
  try {
    drawer.setItem(key, JSON.stringify(kept));
  } catch {
    // Nothing of it stays.
  }
}

/** At the sign-in: what was kept last can be taken again; what nobody came back to since the last time is dropped. */
export function readyDrafts(drawer: Drawer): void {
  for (const [key, kept] of all(drawer)) {
    if (!kept || kept.isReady) drawer.removeItem(key);
    else drawer.setItem(key, JSON.stringify({ ...kept, isReady: true }));
  }
}

/** Nothing is kept of somebody who signed out. */
export function dropDrafts(drawer: Drawer): void {
  for (const [key] of all(drawer)) drawer.removeItem(key);
}

/** The draft of a place, once: if its writer went through the sign-in since, and is the one who is here. */
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
