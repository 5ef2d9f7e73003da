import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { linesOf } from "./lines-of";
import type { PlanEnd } from "./plan-chunk";

/**
 * Yields the chunks of a plan as they arrive; a refusal is a chunk too. Throws if the response ends before the plan
 * does.
 */
export async function* readPlanChunks<Part extends object>(answer: Response): AsyncGenerator<Part | PlanEnd> {
  if (!answer.ok || !answer.body) {
    yield { refused: await refusalOf(answer) };
    return;
  }
  let hasEnded = false;
  for await (const line of linesOf(answer.body)) {
    const part: Part | PlanEnd = JSON.parse(line);
    hasEnded ||= "isWhole" in part || "refused" in part;
    yield part;
  }
  if (!hasEnded)
    throw new Error("The server stopped responding before the whole file was checked. Try again.");
}

/** The refusal in a response that rejected a file. */
export async function refusalOf(answer: Response): Promise<RefusalNotice> {
  const sentence =
    (await answer.text()) ||
    `The file couldn't be read: the server responded with status ${answer.status}. Try again.`;
  return { sentence, requestId: answer.headers.get("x-request-id") ?? undefined };
}
