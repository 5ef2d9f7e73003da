import { startRoute } from "@/app/(console)/licenses/_run/run-routes";
import { startLegacyImport } from "@/server/legacy/legacy-import";

/** Starts the import of a list of licenses. */
export function POST(request: Request) {
  return startRoute(request, "legacy.import", (file, actor) =>
    startLegacyImport(file, actor, () => new Date()),
  );
}
