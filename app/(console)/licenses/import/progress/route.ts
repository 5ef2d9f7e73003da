import { z } from "zod";
import { readInScope } from "@/app/(console)/_lib/reading";
import { findLegacyImport } from "@/server/legacy/legacy-import";

/** The progress of an import; null if it is unknown. */
export function GET(request: Request) {
  const id = z.uuid().safeParse(new URL(request.url).searchParams.get("id"));
  return readInScope("legacy.import", async ({ now }) =>
    Response.json(id.success ? await findLegacyImport(id.data, now) : null),
  );
}
