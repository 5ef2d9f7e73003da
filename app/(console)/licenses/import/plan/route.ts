import { planRoute } from "@/app/(console)/licenses/_run/run-routes";
import { judgeLegacyFile } from "@/server/legacy/legacy-file";

/** What importing a list of licenses would do. */
export function POST(request: Request) {
  return planRoute(request, "legacy.import", judgeLegacyFile);
}
