import { type Change, isRecent } from "./change-log";
import { KEPT_CHANGES } from "./kept-changes-id";

/** Seals words for this person, and opens them again; null for what can't be opened. The server does both. */
export type Keeping = {
  seal(words: string): Promise<string | null>;
  open(sealed: string[]): Promise<(string | null)[]>;
};

type Kept = Pick<Change, "at" | "undo" | "standing"> & { sealed: string };

const seals = new Map<number, Promise<string | null>>();

/** Keeps changes for when this window is loaded again. Their words may name people, so they are sealed. */
export async function keepChanges(changes: readonly Change[], { seal }: Keeping): Promise<void> {
  const kept = await Promise.all(
    changes.map(async ({ id, at, words, undo, standing }): Promise<Kept[]> => {
      const sealed = await tokenOf(id, () => seal(words));
      return sealed ? [{ at, undo, standing: standing === "undoing" ? "done" : standing, sealed }] : [];
    }),
  );
  write(kept.flat());
}

/** What was kept and is still recent, as it was before. */
export async function recallChanges({ open }: Keeping, now: number): Promise<Change[]> {
  const kept = read().filter((one) => isRecent(one, now));
  const words = await open(kept.map(({ sealed }) => sealed));
  return kept.flatMap(({ sealed, ...change }, at) => {
    const said = words[at];
    if (!said) return [];
    const id = -1 - at;
    seals.set(id, Promise.resolve(sealed));
    return [{ ...change, id, words: said, isRecalled: true }];
  });
}

function tokenOf(id: number, seal: () => Promise<string | null>): Promise<string | null> {
  const known = seals.get(id);
  if (known) return known;
  const made = seal().catch(() => null);
  seals.set(id, made);
  return made;
}

function read(): Kept[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_CHANGES) ?? "[]");
  } catch {
    return [];
  }
}

/** A browser that has no room, or is not allowed to keep anything, forgets them with the page. */
function write(kept: Kept[]): void {
  try {
    sessionStorage.setItem(KEPT_CHANGES, JSON.stringify(kept));
  } catch {
    sessionStorage.removeItem(KEPT_CHANGES);
  }
}
