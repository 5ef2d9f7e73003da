import type { ProductApp } from "@/api/product/types";
import { isStoreReady } from "@/server/store/store";
import { isEnding } from "./ending";

/**
 * `/health`: the process is alive. `/ready`: its store responds, and so does everything else that callers need.
 * Neither requires a credential.
 */
export function health(app: ProductApp, isReady: () => Promise<boolean> = async () => true): void {
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.get("/ready", async (c) => {
    const ready = !isEnding() && (await isStoreReady()) && (await isReady());
    if (ready) return c.json({ status: "ready" });
    c.header("Retry-After", "2");
    return c.json({ status: "not ready" }, 503);
  });
}
