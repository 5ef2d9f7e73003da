const AGAIN_MS = 3000;

/**
 * Loads a part of the console that is fetched when it is first needed, again and again while nothing answers: a part
 * that failed would take the whole page with it.
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
