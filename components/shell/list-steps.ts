const KEY = "signet.list.licenses";

/** Remembers the licenses of a list in its order: only numbers, only in this tab. */
export function rememberList(numbers: readonly string[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(numbers));
  } catch {
    // The browser has no storage, so there is no list to step through.
  }
}

/**
 * The license before or after a given one in the last list; null at the ends of the list, undefined if it isn't in the
 * list.
 */
export function besideInList(number: string, step: 1 | -1): string | null | undefined {
  const numbers = remembered();
  const here = numbers.indexOf(number);
  return here < 0 ? undefined : (numbers[here + step] ?? null);
}

/** The step for a key. */
export function stepOf(key: string): 1 | -1 | null {
  if (key === "]") return 1;
  return key === "[" ? -1 : null;
}

export function endText(step: 1 | -1): string {
  return step === 1 ? "This is the last license in the list." : "This is the first license in the list.";
}

function remembered(): string[] {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
