import { beginnings } from "@/server/beginnings";
import { readInScope } from "../../reading";

/** Whether a product has activated, for the page that waits for the first one. */
export function GET() {
  return readInScope("licenses.read", async ({ who }) =>
    Response.json({ hasActivated: (await beginnings(who))?.hasActivated ?? false }),
  );
}
