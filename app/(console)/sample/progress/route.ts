import { sampleFilling } from "@/server/sample-filling";
import { readInScope } from "../../reading";

/** How far the sample data is; null when none is being made. */
export function GET() {
  return readInScope("licenses.read", async () => Response.json(sampleFilling()));
}
