import { backup } from "./backup";
import { clearText } from "./clear-text";
import { commitHangs } from "./commit-hangs";
import { diskFull, postgresDiskFull } from "./disk-full";
import { failover, failoverByHaproxy } from "./failover";
import { logDiskFull } from "./log-disk-full";
import { pgbouncer } from "./pgbouncer";
import { readOnly } from "./read-only";
import { rollingRestart } from "./rolling-restart";
import type { Scenario } from "./scenario";
import { severalServers } from "./several-servers";
import { silentConnection } from "./silent-connection";
import { storeStopped } from "./store-stopped";

export const SCENARIOS: Scenario[] = [
  storeStopped,
  silentConnection,
  commitHangs,
  readOnly,
  severalServers,
  pgbouncer,
  diskFull,
  postgresDiskFull,
  logDiskFull,
  rollingRestart,
  failover,
  failoverByHaproxy,
  backup,
  clearText,
];
