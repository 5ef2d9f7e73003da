import { expect, test } from "vitest";
import { replicaMetrics } from "./replica-gauges";

test.each([
  [
    { isUsed: true, lagSeconds: 0.25 },
    ["signet_read_replica_in_use 1", "signet_read_replica_lag_seconds 0.25"],
  ],
  [{ isUsed: false, lagSeconds: null }, ["signet_read_replica_in_use 0"]],
])("a read replica tells whether it is used, and its lag if that is known", (figures, samples) => {
  const lines = replicaMetrics(figures, new Date()).split("\n");
  expect(lines.filter((line) => line && !line.startsWith("#"))).toEqual(samples);
});
