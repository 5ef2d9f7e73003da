import { readInScope } from "@/app/(console)/_lib/reading";
import { requestIdFrom } from "@/contract/request-id";
import { Refusal } from "@/domain/refusals/refusal";
import { actorOf } from "@/server/access/gate";
import { startBulkCreation } from "@/server/bulk/bulk-creation";
import { addressOf } from "@/server/identity/session";
import { usualProduct } from "@/server/licenses/license-list";
import { noteRefusal } from "@/server/store/failures";

/** Starts to create the licenses of a list and returns the progress; an unreadable list is refused as a whole. */
export function POST(request: Request) {
  return readInScope("licenses.write", async ({ who }) => {
    const requestId = requestIdFrom(request.headers.get("x-request-id"));
    const actor = actorOf(who, { address: addressOf(request.headers), requestId });
    try {
      const file = request.body ?? new Blob([]).stream();
      const { progress } = await startBulkCreation(file, await usualProduct(who), actor, () => new Date());
      return Response.json(progress);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      noteRefusal(error.code, requestId);
      return new Response(error.detail, { status: 422 });
    }
  });
}
