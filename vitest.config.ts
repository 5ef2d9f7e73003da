import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** `npm run test:all` asks for every test of the server on both stores. */
const all = process.env.SIGNET_TEST === "all";

/** Tests that need a store: all in `server/`, elsewhere by the name `*.store.test.ts`. */
const STORED = ["server/**/*.test.ts", "{api,cli,agent,bench}/**/*.store.test.ts"];

/**
 * Where the embedded store may differ: its files, its driver and prepared statements, and who waits for whom. What
 * products do with it is proven on it over HTTP.
 */
const EMBEDDED = [
  "assignments/log/assignments",
  "assignments/log/assignments-race",
  "assignments/log/shared-changes",
  "audit/rollback",
  "consumption/consumption",
  "consumption/consumption-race",
  "key-rotation/key-rotation",
  "maintenance/installation",
  "maintenance/upkeep",
  "secrets/data-keys",
  "store/deadline",
  "store/migrations",
  "store/open-pglite",
  "store/store",
  "store/store-away",
].map((name) => `server/${name}.test.ts`);
/** The commands of the guide, each in a process of its own, beside a server that holds the store. */
const GUIDE = "cli/backup.store.test.ts";

const stored = {
  setupFiles: ["scripts/cheap-passwords.ts"],
  testTimeout: 180_000, // as long as a busy machine needs to start three servers
  hookTimeout: 180_000,
};

export default defineConfig({
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)),
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    // One more than there are cores, because tests wait for a database and for processes. An embedded store takes half
    // a gigabyte.
    maxWorkers: Math.min(availableParallelism() + 1, 4),
    expect: { poll: { timeout: 20_000 } }, // the default, a second, is less than a busy machine may take
    isolate: false, // a file leaves nothing in its process: loading the code again for each file took half of the time
    setupFiles: ["scripts/test-setup.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "domain",
          include: [
            "{contract,domain,machine,components,app,api,cli,agent,bench,fleet,cluster,load,scripts}/**/*.test.ts",
          ],
          exclude: ["**/*.store.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "server-pglite",
          globalSetup: "scripts/pglite-template.ts",
          include: all ? STORED : [...EMBEDDED, GUIDE, "cli/beside.store.test.ts"],
          ...stored,
        },
      },
      {
        extends: true,
        test: {
          name: "server-postgres",
          globalSetup: "scripts/postgres-template.ts",
          include: STORED,
          exclude: all ? [] : [GUIDE],
          ...stored,
        },
      },
    ],
  },
});
