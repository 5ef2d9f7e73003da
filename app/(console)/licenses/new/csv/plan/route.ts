import { planRoute } from "@/app/(console)/licenses/_run/run-routes";
import { judgeLicenseFile } from "@/server/bulk/license-file";
import { usualProduct } from "@/server/licenses/license-list";

/** What creating the licenses of a list would do. */
export function POST(request: Request) {
  return planRoute(request, "licenses.write", async (file, { who, now }) =>
    judgeLicenseFile(file, await usualProduct(who), now),
  );
}
