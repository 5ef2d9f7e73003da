import type { Actor } from "@/server/access/actor";
import type { Deployment } from "./deployment";
import type { SampleDeployment } from "./deployments";
import type { Kind, Plans } from "./plan";
import type { Random } from "./random";
import type { Timeline } from "./timeline";

/** What the parts of the sample's history are told with. */
export type Story = {
  now: Date;
  /** How many days it goes back. */
  days: number;
  timeline: Timeline;
  random: Random;
  plans: Plans;
  /** A site under a license; known from the day on which the license was created. */
  at(kind: Kind, site: SampleDeployment): Deployment;
};

/** Who did in the sample what people do. */
export const AUTHOR: Actor = { kind: "system", id: "sample" };
