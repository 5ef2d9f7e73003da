import { startRoute } from "@/app/(console)/licenses/_run/run-routes";
import { startBulkCreation } from "@/server/bulk/bulk-creation";
import { usualProduct } from "@/server/licenses/license-list";

/** Starts to create the licenses of a list. */
export function POST(request: Request) {
  return startRoute(request, "licenses.write", async (file, actor, { who }) =>
    startBulkCreation(file, await usualProduct(who), actor, () => new Date()),
  );
}
