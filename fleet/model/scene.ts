import type { Definition } from "@/domain/licenses/definition";
import type { Ground, Machine } from "@/fleet/machine";
import type { RunRecord } from "@/fleet/record";
import type { Timeline } from "@/fleet/timeline";
import type { Random } from "@/server/sample/random";
import type { Model } from "./model";
import type { Network } from "./network";
import type { OfflineDeployment } from "./offline-deployment";
import type { ModelledServer } from "./server";

/** Everything that takes part in a run. */
export type Scene = {
  timeline: Timeline;
  random: Random;
  begin: number;
  hours: number;
  license: string;
  key: string;
  definition: Definition;
  server: ModelledServer;
  model: Model;
  network: Network;
  ground: Ground;
  /** The deployments with a network. */
  machines: Machine[];
  offline: OfflineDeployment;
  record: RunRecord;
  differences: string[];
  /** Lets a change of the server wait for requests under way, whose agents may be gone already, and the other way round. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
};
