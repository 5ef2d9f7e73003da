import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests that need a store run on both: `server/` always, elsewhere by the name `*.store.test.ts`. */
const stored = {
  include: ["server/**/*.test.ts", "{api,cli,agent,bench}/**/*.store.test.ts"],
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    maxWorkers: Math.min(availableParallelism(), 4), // an embedded store takes half a gigabyte
    projects: [
      {
        extends: true,
        test: {
          name: "domain",
          include: ["{domain,machine,components,app,api,cli,agent,bench}/**/*.test.ts"],
          exclude: ["**/*.store.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: "server-pglite", globalSetup: "scripts/pglite-template.ts", ...stored },
      },
      {
        extends: true,
        test: { name: "server-postgres", globalSetup: "scripts/postgres-template.ts", ...stored },
      },
    ],
  },
});
