import { requestIdFrom } from "@/api/request-id";
import { Refusal } from "@/domain/refusal";
import { noteRefused } from "@/server/failures";
import { judgeLegacyFile } from "@/server/legacy-file";
import { download } from "../../../download";
import { readInScope } from "../../../reading";
import type { PlanPart } from "../plan-part";

/** Tells what a list of licenses would do, a part a line of JSON, while it is still being read. */
export function POST(request: Request) {
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  return readInScope("legacy.import", async () =>
    download({ name: "plan.ndjson", type: "application/x-ndjson" }, partsOf(request.body, requestId)),
  );
}

async function* partsOf(file: ReadableStream<Uint8Array> | null, requestId: string): AsyncGenerator<string> {
  try {
    for await (const part of judgeLegacyFile(file ?? new Blob([]).stream()))
      yield written({ rows: part.map(({ license: _, ...row }) => row) });
    yield written({ isWhole: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    noteRefused(error.code, requestId);
    yield written({ refused: { code: error.code, sentence: error.detail, requestId } });
  }
}

function written(part: PlanPart): string {
  return `${JSON.stringify(part)}\n`;
}
