import { planDownload } from "@/app/(console)/_lib/plan-download";
import { readInScope } from "@/app/(console)/_lib/reading";
import type { PlanChunk } from "@/app/(console)/licenses/_run/plan-chunk";
import { requestIdFrom } from "@/contract/request-id";
import { judgeLegacyFile } from "@/server/legacy/legacy-file";

/** Streams what importing a list of licenses would do, one chunk per line of JSON, while it is still being read. */
export function POST(request: Request) {
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  return readInScope("legacy.import", async () => planDownload(partsOf(request.body), requestId));
}

async function* partsOf(file: ReadableStream<Uint8Array> | null): AsyncGenerator<PlanChunk> {
  for await (const part of judgeLegacyFile(file ?? new Blob([]).stream()))
    yield { rows: part.map(({ license, ...row }) => ({ ...row, definition: license?.definition })) };
}
