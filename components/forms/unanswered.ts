import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";

/** A refusal worded by the browser because the server sent none. */
export type Unanswered = { ok: false; refused: { code: "UNANSWERED"; sentence: string } };

/**
 * Awaits a server action. If it doesn't respond, fails, or no longer exists in the server's newer build, that becomes a
 * refusal like any other, so that no input is lost. Redirects are still thrown.
 */
export async function orUnanswered<T>(asked: Promise<T>): Promise<T | Unanswered> {
  try {
    return await asked;
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, refused: { code: "UNANSWERED", sentence: sentenceOf(error) } };
  }
}

function sentenceOf(error: unknown): string {
  if (unstable_isUnrecognizedActionError(error))
    return "Nothing was changed: a new version of the console is available. Copy what you typed, then reload the page.";
  if (error instanceof Error && "digest" in error)
    return `The server had an error, so your change may not be saved. The server log has details under the reference ${error.digest}.`;
  return "The server isn't responding, so your change may not be saved. Nothing here is lost: try again in a moment.";
}
