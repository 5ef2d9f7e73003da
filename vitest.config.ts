import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** `npm run test:all` asks for every test of the server on both stores. */
const all = process.env.SIGNET_TEST === "all";

/** Tests that need a store: all in `server/`, elsewhere by the name `*.store.test.ts`. */
const STORED = ["server/**/*.test.ts", "{api,cli,agent,bench}/**/*.store.test.ts"];

/** Where the embedded store may differ: its files, its driver and prepared statements, and who waits for whom. */
const EMBEDDED = [
  "alerts/evaluation",
  "alerts/sending",
  "assignments/log/assignments",
  "assignments/log/assignments-race",
  "assignments/log/shared-changes",
  "assignments/undo/undo",
  "audit/verification",
  "consumption/consumption",
  "consumption/consumption-race",
  "consumption/leases/leases",
  "consumption/sessions/sessions",
  "consumption/usage",
  "deployments/activations",
  "deployments/deployment-touch",
  "deployments/dual-use",
  "events/event-reader",
  "events/positions",
  "legacy/lef-retrieval",
  "legacy/legacy-import",
  "maintenance/check",
  "maintenance/installation",
  "maintenance/purge",
  "offline/offline-logs",
  "overview/search",
  "secrets/data-keys",
  "store/deadline",
  "store/migrations",
  "store/open-pglite",
  "store/store",
  "store/store-away",
  "store/timeline",
].map((name) => `server/${name}.test.ts`);

const stored = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)),
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    maxWorkers: Math.min(availableParallelism(), 4), // an embedded store takes half a gigabyte
    isolate: false, // a file leaves nothing in its process: loading the code again for each file took half of the time
    projects: [
      {
        extends: true,
        test: {
          name: "domain",
          include: ["{contract,domain,machine,components,app,api,cli,agent,bench,scripts}/**/*.test.ts"],
          exclude: ["**/*.store.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "server-pglite",
          globalSetup: "scripts/pglite-template.ts",
          include: all ? STORED : [...EMBEDDED, "cli/**/*.store.test.ts"],
          ...stored,
        },
      },
      {
        extends: true,
        test: {
          name: "server-postgres",
          globalSetup: "scripts/postgres-template.ts",
          include: STORED,
          ...stored,
        },
      },
    ],
  },
});
