const KEY = "signet.list.licenses";

/** Keeps which licenses a list showed, in its order: numbers only, in this tab only. */
export function rememberList(numbers: readonly string[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(numbers));
  } catch {
    // A browser that keeps nothing: then there is no list to go through.
  }
}

/** The license before or after one in the list that was shown last; null at its ends, undefined when it is not in it. */
export function besideInList(number: string, step: 1 | -1): string | null | undefined {
  const numbers = remembered();
  const here = numbers.indexOf(number);
  return here < 0 ? undefined : (numbers[here + step] ?? null);
}

/** The step that a key stands for. */
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
