const AGAIN_MS = 3000;

/**
 * Loads a lazily loaded part of the console and retries while the server is unreachable: a failed part would break the
 * whole page.
 */
export function untilLoaded<Part>(load: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    for (;;)
      try {
        return await load();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
  };
}
