import { readInScope } from "@/app/(console)/_lib/reading";
import { sampleFilling } from "@/server/sample/sample-filling";

/** How far the sample data is; null when none is being made. */
export function GET() {
  return readInScope("licenses.read", async () => Response.json(sampleFilling()));
}
