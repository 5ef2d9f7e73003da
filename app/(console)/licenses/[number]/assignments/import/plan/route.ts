import { z } from "zod";
import { planDownload } from "@/app/(console)/_lib/plan-download";
import { readOnLicense } from "@/app/(console)/_lib/reading";
import type { SheetChunk, SheetRow } from "@/app/(console)/licenses/[number]/assignments/import/import-sheet";
import { requestIdFrom } from "@/contract/request-id";
import { SEPARATORS } from "@/domain/assignments/import-columns";
import { type PlanChunk, type PlannedLine, planImport } from "@/server/assignments/files/assignment-import";

const column = z.coerce.number().int().min(-1).max(1000);
const confirmed = z.object({
  separator: z.enum(SEPARATORS),
  first: z.coerce.number().int().min(1).max(1000),
  user: column.min(0),
  directory: column,
  allotment: column,
  otherwise: z.string().max(200),
});

/**
 * Streams what a file would do with the confirmed columns, one chunk per line of JSON, while it is still being read.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<"/licenses/[number]/assignments/import/plan">,
) {
  const { number } = await params;
  const format = confirmed.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  return readOnLicense(number, "assignments.write", async ({ now }) =>
    format.success
      ? planDownload(
          partsOf(planImport(number, request.body ?? new ReadableStream(), format.data, now)),
          requestIdFrom(request.headers.get("x-request-id")),
        )
      : new Response("The file wasn't read. Confirm its columns first.", { status: 422 }),
  );
}

async function* partsOf(plan: AsyncIterable<PlanChunk>): AsyncGenerator<SheetChunk> {
  for await (const part of plan)
    yield "lines" in part ? { rows: part.lines.map(rowOf), bytes: part.lines.at(-1)?.bytes ?? 0 } : part;
}

function rowOf({ bytes: _, ...row }: PlannedLine): SheetRow {
  return row;
}
