import { defineConfig, devices } from "@playwright/test";
import { browserLaunch } from "./e2e/browser";

/** `npm run test:all` asks for every spec on both stores. */
const all = process.env.SIGNET_TEST === "all";
/** The protocol is proven on the embedded store too; what the console shows does not depend on the store. */
const PROTOCOL = ["main-job", "activation", "consumption", "sync"];
/** Long ways through both, whose parts the tests of the server try on PostgreSQL. */
const CIRCLES = ["dual-use", "legacy-circle"];
const specs = (names: string[]) => names.map((name) => `**/${name}.spec.ts`);

/** The scripts of a page run once in a spec: optimizing them costs a fifth of the page's CPU and gains nothing. */
const UNOPTIMIZED = "--js-flags=--max-opt=1";

/** Specs run against the production server that e2e/global-setup.ts starts for each store. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 3,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  outputDir: "test-results",
  use: {
    ...devices["Desktop Chrome"],
    launchOptions: browserLaunch(UNOPTIMIZED),
    trace: "on-first-retry",
    navigationTimeout: 30_000,
  },
  projects: [
    {
      name: "postgres",
      testMatch: "**/*.spec.ts",
      testIgnore: ["**/*.pglite.spec.ts", ...(all ? [] : specs(CIRCLES))],
    },
    {
      name: "pglite",
      testMatch: all ? "**/*.spec.ts" : ["**/*.pglite.spec.ts", ...specs([...PROTOCOL, ...CIRCLES])],
      testIgnore: "**/*.postgres.spec.ts",
    },
  ],
});
