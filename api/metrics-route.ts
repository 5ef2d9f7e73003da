import { allow } from "@/server/gate";
import { principalOfRequest } from "./admin/gate";
import type { newApp } from "./http";
import { metricsText } from "./metrics";
import { isLocal } from "./peer";

/** `/metrics`: for programs on this machine, and for tokens that may read everything. */
export function metrics(app: ReturnType<typeof newApp>, clock: () => Date): void {
  app.get("/metrics", async (c) => {
    const isOpen = isLocal(c) && c.req.header("Authorization") === undefined;
    if (!isOpen) allow(await principalOfRequest(c, clock()), "installation-audit.read");
    const { text, contentType } = await metricsText();
    return c.body(text, 200, { "Content-Type": contentType });
  });
}
