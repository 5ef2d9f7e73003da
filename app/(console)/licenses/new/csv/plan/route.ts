import { planDownload } from "@/app/(console)/_lib/plan-download";
import { readInScope } from "@/app/(console)/_lib/reading";
import type { PlanChunk } from "@/app/(console)/licenses/_run/plan-chunk";
import { requestIdFrom } from "@/contract/request-id";
import { judgeLicenseFile } from "@/server/bulk/license-file";
import { usualProduct } from "@/server/licenses/license-list";

/** Streams what creating the licenses of a list would do, one chunk per line of JSON; nothing is changed. */
export function POST(request: Request) {
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  return readInScope("licenses.write", async ({ who, now }) =>
    planDownload(partsOf(request.body, await usualProduct(who), now), requestId),
  );
}

async function* partsOf(
  file: ReadableStream<Uint8Array> | null,
  product: string,
  now: Date,
): AsyncGenerator<PlanChunk> {
  for await (const part of judgeLicenseFile(file ?? new Blob([]).stream(), product, now))
    yield { rows: part.map(({ license, ...row }) => ({ ...row, definition: license?.definition })) };
}
