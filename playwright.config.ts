import { defineConfig, devices } from "@playwright/test";
import { browserLaunch } from "./e2e/browser";
import { STORES } from "./e2e/stores";

/** Every spec runs on both stores, against the production server that e2e/global-setup.ts starts for each. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  outputDir: "test-results",
  use: { ...devices["Desktop Chrome"], launchOptions: browserLaunch(), trace: "on-first-retry" },
  projects: STORES.map((name) => ({
    name,
    testIgnore: others(name).map((store) => `**/*.${store}.spec.ts`),
  })),
});

/** `*.pglite.spec.ts` and `*.postgres.spec.ts` are about one store only. */
function others(store: string): string[] {
  return STORES.filter((other) => other !== store);
}
