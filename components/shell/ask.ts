const PATIENCE_MS = 15_000;

/** What the server answered instead of what was asked for. */
export class UnreadableResponse extends Error {
  constructor(readonly status: number) {
    super(`The server answered ${status}.`);
  }
}

/** Reads what a page shows. Throws `UnreadableResponse` on any other answer, and something else when there was none. */
export async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  const result = await fetch(path, { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
  if (!result.ok) throw new UnreadableResponse(result.status);
  return result.json();
}
