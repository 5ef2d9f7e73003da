import { defineConfig } from "@playwright/test";

/** The specs of the protocol, which need no browser, against the cluster that suite.ts names in E2E_TARGETS. */
export default defineConfig({
  testDir: "../e2e",
  testMatch: ["main-job", "activation", "consumption", "sync"].map((name) => `**/${name}.spec.ts`),
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "line",
  outputDir: "../test-results",
  projects: [{ name: "cluster" }],
});
