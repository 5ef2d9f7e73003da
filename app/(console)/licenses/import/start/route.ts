import { requestIdFrom } from "@/api/request-id";
import { Refusal } from "@/domain/refusal";
import { noteRefused } from "@/server/failures";
import { actorOf } from "@/server/gate";
import { startLegacyImport } from "@/server/legacy-import";
import { addressOf } from "@/server/session";
import { readInScope } from "../../../reading";

/** Begins to import a list of licenses, and answers how far it is; a list that can't be read is refused whole. */
export function POST(request: Request) {
  return readInScope("legacy.import", async ({ who }) => {
    const requestId = requestIdFrom(request.headers.get("x-request-id"));
    const actor = actorOf(who, { address: addressOf(request.headers), requestId });
    try {
      const file = request.body ?? new Blob([]).stream();
      const { progress } = await startLegacyImport(file, actor, () => new Date());
      return Response.json(progress);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      noteRefused(error.code, requestId);
      return new Response(error.detail, { status: 422 });
    }
  });
}
