import { principalOfRequest } from "@/api/admin/gate";
import { allow } from "@/server/access/gate";
import type { newApp } from "./http";
import { metricsText } from "./metrics";

/**
 * `/metrics`, for tokens that may read everything. The address of a request proves nothing: a proxy may have
 * forwarded it.
 */
export function metrics(app: ReturnType<typeof newApp>, clock: () => Date): void {
  app.get("/metrics", async (c) => {
    const now = clock();
    allow(await principalOfRequest(c, now), "installation-audit.read");
    const { text, contentType } = await metricsText(now);
    return c.body(text, 200, { "Content-Type": contentType });
  });
}
