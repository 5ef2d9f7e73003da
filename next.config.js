import { randomUUID } from "node:crypto";

/** @type {import("next").NextConfig} */
export default {
  agentRules: false,
  poweredByHeader: false,
  env: { SIGNET_BUILD: randomUUID() }, // stands in the code of the browser and of the server, which so know each other
  devIndicators: false,
  experimental: {
    preloadEntriesOnStart: false, // each page is loaded with its first request: all of them took a fifth of the start
    serverSourceMaps: false, // this and the next: a build is made once, and neither is read again
    turbopackFileSystemCacheForBuild: false,
  },
  typescript: { ignoreBuildErrors: true }, // `npm run check` is the one place that checks types
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@opentelemetry/api",
    "@opentelemetry/core",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
    "pglite-prisma-adapter",
    "@prisma/schema-engine-wasm",
    "pg",
    "pg-boss",
    "pino",
  ],
};
