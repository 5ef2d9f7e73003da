import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";

/** A refusal in the words of the browser, where the server said none. */
export type Unanswered = { ok: false; refused: { code: "UNANSWERED"; sentence: string } };

/**
 * What a server action answered. Where it did not answer, failed, or does not know the action of this older page, that
 * is a refusal like any other, so that nothing typed is lost; what leads to another page stays thrown.
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
    return `The server met an error, so your change may not be saved. The server log has details under the reference ${error.digest}.`;
  return "The server did not answer, so your change may not be saved. Nothing here is lost: try again in a moment.";
}
