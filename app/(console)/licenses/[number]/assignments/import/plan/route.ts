import { requestIdFrom } from "@/api/request-id";
import { Refusal } from "@/domain/refusal";
import { type PlannedLine, planImport } from "@/server/assignment-import";
import { noteRefused } from "@/server/failures";
import { download } from "../../../../../download";
import { readOnLicense } from "../../../../../reading";
import type { PlanPart, SheetRow } from "../import-sheet";

/** Tells what a file would do, a part a line of JSON, while the file is still being read. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/licenses/[number]/assignments/import/plan">,
) {
  const { number } = await params;
  const otherwise = new URL(request.url).searchParams.get("otherwise") ?? "";
  return readOnLicense(number, "assignments.write", async ({ now }) =>
    download(
      { name: "plan.ndjson", type: "application/x-ndjson" },
      partsOf(
        planImport(number, request.body ?? new ReadableStream(), otherwise, now),
        requestIdFrom(request.headers.get("x-request-id")),
      ),
    ),
  );
}

async function* partsOf(plan: AsyncIterable<PlannedLine[]>, requestId: string): AsyncGenerator<string> {
  try {
    for await (const lines of plan)
      yield written({ rows: lines.map(rowOf), bytes: lines.at(-1)?.bytes ?? 0 });
    yield written({ isWhole: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    noteRefused(error.code, requestId);
    yield written({ refused: { code: error.code, sentence: error.detail, requestId } });
  }
}

function rowOf({ bytes: _, ...row }: PlannedLine): SheetRow {
  return row;
}

function written(part: PlanPart): string {
  return `${JSON.stringify(part)}\n`;
}
