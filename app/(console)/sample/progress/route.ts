import { readInScope } from "@/app/(console)/_lib/reading";
import { sampleFilling } from "@/server/sample/sample-filling";

/** The progress of the sample data; null if none is being loaded. */
export function GET() {
  return readInScope("licenses.read", async () => Response.json(sampleFilling()));
}
