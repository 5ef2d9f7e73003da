import { randomUUID } from "node:crypto";

/** @type {import("next").NextConfig} */
export default {
  agentRules: false,
  poweredByHeader: false,
  env: { SIGNET_BUILD: randomUUID() }, // stands in the code of the browser and of the server, which so know each other
  devIndicators: false,
  experimental: { serverSourceMaps: false, turbopackFileSystemCacheForBuild: false }, // a build is made once: neither is read again
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
