import { z } from "zod";
import { readOnLicense } from "@/app/(console)/_lib/reading";
import { requestIdFrom } from "@/contract/request-id";
import { SEPARATORS } from "@/domain/assignments/import-columns";
import { Refusal } from "@/domain/refusals/refusal";
import { lookAtImport } from "@/server/assignments/files/import-lines";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { noteRefusal } from "@/server/store/failures";

const chosen = z.enum(SEPARATORS).optional().catch(undefined);

/** Detects the columns of a file and returns its first rows; the beginning of the file is enough. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/licenses/[number]/assignments/import/columns">,
) {
  const { number } = await params;
  const separator = chosen.parse(new URL(request.url).searchParams.get("separator") ?? undefined);
  return readOnLicense(number, "assignments.write", async ({ now }) => {
    const allotments = (await allotmentsByLicense([number], now)).get(number) ?? [];
    const seats = allotments.flatMap((allotment) => (allotment.class === "assigned" ? [allotment.name] : []));
    try {
      return Response.json({
        look: await lookAtImport(request.body ?? new ReadableStream(), seats, separator),
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const requestId = requestIdFrom(request.headers.get("x-request-id"));
      noteRefusal(error.code, requestId);
      return Response.json({ refused: { code: error.code, sentence: error.detail, requestId } });
    }
  });
}
