import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { backupMetrics } from "@/domain/metrics/backup-gauges";
import { replicaMetrics } from "@/domain/metrics/replica-gauges";
import { scheduledBackups } from "@/server/backups/scheduled-backups";
import { licenseMetrics } from "@/server/metrics/license-metrics";
import { perProcess } from "@/server/store/per-process";
import { withReads } from "@/server/store/read-scope";
import { readReplica } from "@/server/store/store";

type Meters = {
  registry: Registry;
  requests: Counter<"method" | "route" | "status">;
  duration: Histogram<"method" | "route">;
};

const meters = () => perProcess("metrics", makeMeters);

function makeMeters(): Meters {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: "http_requests_total",
      help: "Requests by route and status.",
      labelNames: ["method", "route", "status"],
      registers,
    }),
    duration: new Histogram({
      name: "http_request_duration_seconds",
      help: "Request duration.",
      labelNames: ["method", "route"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  };
}

/** Counts a request by its route's pattern, never by its path, which could have any number of values. */
export function observeRequest(seen: { method: string; route: string; status: number; ms: number }): void {
  const { requests, duration } = meters();
  const method = KNOWN.has(seen.method) ? seen.method : "OTHER";
  requests.inc({ method, route: seen.route, status: seen.status });
  duration.observe({ method, route: seen.route }, seen.ms / 1000);
}

const KNOWN = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** All metrics in the format of Prometheus: of the process, its scheduled backups, its read replica, and the licenses. */
export async function metricsText(now: Date): Promise<{ text: string; contentType: string }> {
  const { registry } = meters();
  const licenses = withReads(false, () => licenseMetrics(now));
  const [ofProcess, ofLicenses] = await Promise.all([registry.metrics(), licenses]);
  const backups = scheduledBackups();
  const ofBackups = backups ? backupMetrics(backups, now) : "";
  const replica = readReplica();
  const ofReplica = replica ? replicaMetrics(replica.figures(), now) : "";
  return { text: `${ofProcess}\n${ofBackups}${ofReplica}${ofLicenses}`, contentType: registry.contentType };
}
