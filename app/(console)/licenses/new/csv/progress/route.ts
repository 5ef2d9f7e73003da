import { progressRoute } from "@/app/(console)/licenses/_run/run-routes";

/** The progress of a creation. */
export function GET(request: Request) {
  return progressRoute(request, "licenses.write");
}
