import { download } from "@/app/(console)/_list/download";
import { Refusal } from "@/domain/refusals/refusal";
import { noteRefusal } from "@/server/store/failures";
import type { PlanEnd } from "./plan-chunk";

/**
 * Streams the plan of a file while the file is still being read: one chunk per line of JSON, then how the plan ended.
 */
export function planDownload(parts: AsyncIterable<object>, requestId: string): Response {
  return download({ name: "plan.ndjson", type: "application/x-ndjson" }, linesOf(parts, requestId));
}

async function* linesOf(parts: AsyncIterable<object>, requestId: string): AsyncGenerator<string> {
  try {
    for await (const part of parts) yield `${JSON.stringify(part)}\n`;
    yield ending({ isWhole: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    noteRefusal(error.code, requestId);
    yield ending({ refused: { code: error.code, sentence: error.detail, requestId } });
  }
}

function ending(end: PlanEnd): string {
  return `${JSON.stringify(end)}\n`;
}
