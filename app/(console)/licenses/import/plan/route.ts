import { requestIdFrom } from "@/api/request-id";
import { judgeLegacyFile } from "@/server/legacy-file";
import { planDownload } from "../../../plan-download";
import { readInScope } from "../../../reading";
import type { LegacyPart } from "../legacy-part";

/** Tells what a list of licenses would do, a part a line of JSON, while it is still being read. */
export function POST(request: Request) {
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  return readInScope("legacy.import", async () => planDownload(partsOf(request.body), requestId));
}

async function* partsOf(file: ReadableStream<Uint8Array> | null): AsyncGenerator<LegacyPart> {
  for await (const part of judgeLegacyFile(file ?? new Blob([]).stream()))
    yield { rows: part.map(({ license: _, ...row }) => row) };
}
