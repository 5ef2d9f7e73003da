import { z } from "zod";
import { readInScope } from "@/app/(console)/_lib/reading";
import { findLegacyImport } from "@/server/legacy/legacy-import";

/** How far an import is; null for one that isn't known. */
export function GET(request: Request) {
  const id = z.uuid().safeParse(new URL(request.url).searchParams.get("id"));
  return readInScope("legacy.import", async ({ now }) =>
    Response.json(id.success ? await findLegacyImport(id.data, now) : null),
  );
}
