import { type Gauge, gaugesText } from "./exposition";

/** The read replica of one server; the lag is unknown where nothing tells how old its data is. */
export type ReplicaFigures = { isUsed: boolean; lagSeconds: number | null };

const GAUGES: readonly Gauge<ReplicaFigures>[] = [
  {
    name: "signet_read_replica_in_use",
    help: "Whether lists and overviews are read from the replica.",
    value: ({ isUsed }) => Number(isUsed),
  },
  {
    name: "signet_read_replica_lag_seconds",
    help: "How old the data of the read replica is at most; absent if that is unknown.",
    value: ({ lagSeconds }) => lagSeconds,
  },
];

/** The metrics of the read replica. */
export function replicaMetrics(figures: ReplicaFigures, now: Date): string {
  return gaugesText(GAUGES, figures, now);
}
