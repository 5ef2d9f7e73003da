import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    projects: [{ extends: true, test: { name: "domain", include: ["{domain,api,cli,agent}/**/*.test.ts"] } }],
  },
});
