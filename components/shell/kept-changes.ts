import { type Change, isRecent } from "./change-log";
import { KEPT_CHANGES } from "./kept-changes-id";

/** Encrypts words for this person and decrypts them, both on the server; null for words that can't be decrypted. */
export type Keeping = {
  seal(words: string): Promise<string | null>;
  open(sealed: string[]): Promise<(string | null)[]>;
};

type Kept = Pick<Change, "at" | "undo" | "standing"> & { sealed: string };

const seals = new Map<number, Promise<string | null>>();

/** Stores changes for a reload of this window. Their words may name people, so they are encrypted. */
export async function keepChanges(changes: readonly Change[], { seal }: Keeping): Promise<void> {
  const kept = await Promise.all(
    changes.map(async ({ id, at, words, undo, standing }): Promise<Kept[]> => {
      const sealed = await tokenOf(id, () => seal(words));
      return sealed ? [{ at, undo, standing: standing === "undoing" ? "done" : standing, sealed }] : [];
    }),
  );
  write(kept.flat());
}

/** The stored changes that are still recent. */
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

/** Writes to the storage. If the browser has no room or forbids it, the changes are lost on reload. */
function write(kept: Kept[]): void {
  try {
    sessionStorage.setItem(KEPT_CHANGES, JSON.stringify(kept));
  } catch {
    sessionStorage.removeItem(KEPT_CHANGES);
  }
}
