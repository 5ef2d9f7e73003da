import { z } from "zod";
import { readInScope } from "@/app/(console)/_lib/reading";
import { findLicenseRun } from "@/server/licenses/license-runs";

/** The progress of a run; null if it is unknown. */
export function GET(request: Request) {
  const id = z.uuid().safeParse(new URL(request.url).searchParams.get("id"));
  return readInScope("licenses.write", async ({ now }) =>
    Response.json(id.success ? await findLicenseRun(id.data, now) : null),
  );
}
