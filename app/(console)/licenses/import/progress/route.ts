import { progressRoute } from "@/app/(console)/licenses/_run/run-routes";

/** The progress of an import. */
export function GET(request: Request) {
  return progressRoute(request, "legacy.import");
}
