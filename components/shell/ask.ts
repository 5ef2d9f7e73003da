const PATIENCE_MS = 15_000;

/** A response from the server that isn't the expected data. */
export class UnreadableResponse extends Error {
  constructor(readonly status: number) {
    super(`The server answered ${status}.`);
  }
}

/**
 * Fetches data for a page. Throws `UnreadableResponse` for any unexpected response, and another error if there was
 * none.
 */
export async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  const result = await fetch(path, { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
  if (!result.ok) throw new UnreadableResponse(result.status);
  return result.json();
}
