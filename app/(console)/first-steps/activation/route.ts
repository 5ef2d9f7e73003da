import { readInScope } from "@/app/(console)/_lib/reading";
import { beginnings } from "@/server/overview/beginnings";

/** Whether a product has activated, for the page that waits for the first activation. */
export function GET() {
  return readInScope("licenses.read", async ({ who }) =>
    Response.json({ hasActivated: (await beginnings(who))?.hasActivated ?? false }),
  );
}
