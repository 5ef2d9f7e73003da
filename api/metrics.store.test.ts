import { expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { createToken, type NewToken } from "@/server/identity/tokens";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { createApi } from "./app";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const app = createApi({ clock: () => NOW });

async function metricsAs(wanted?: Partial<NewToken>) {
  const made = wanted && (await createToken(OWNER, { name: "t", role: "auditor", ...wanted }, SYSTEM, NOW));
  const headers = made ? { Authorization: `Bearer ${made.token}` } : undefined;
  return app.request("/metrics", { headers });
}

test("metrics count requests by route, never by path, for tokens that may read everything", async () => {
  await app.request("/api/v1/admin/licenses/9999000000001253");
  await app.request("/nowhere/at/all");
  const response = await metricsAs({});
  const text = await response.text();
  expect(response.headers.get("Content-Type")).toContain("text/plain");
  expect(text).toContain('{method="GET",route="/api/v1/admin/licenses/:number",status="401"} 1');
  expect(text).toContain('{method="GET",route="/*",status="404"} 1');
  expect(text).toContain("http_request_duration_seconds_bucket");
  expect(text).toContain("process_cpu_seconds_total");
  expect(text).not.toContain("9999000000001253");
  expect(text).not.toContain("nowhere");
});

test("metrics are refused to all others", async () => {
  const { number } = await makeLicense();
  expect((await metricsAs()).status).toBe(401);
  expect((await metricsAs({ license: number })).status).toBe(403);
  expect((await metricsAs({ role: "license-admin", license: number })).status).toBe(404);
});
