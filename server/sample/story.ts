import type { Actor } from "@/server/access/actor";
import type { Deployment } from "./deployment";
import type { SampleDeployment } from "./deployments";
import type { Kind, Plans } from "./plan";
import type { Random } from "./random";
import type { Timeline } from "./timeline";

/** The tools with which the parts of the sample's history are generated. */
export type Story = {
  now: Date;
  /** How many days it goes back. */
  days: number;
  timeline: Timeline;
  random: Random;
  plans: Plans;
  /** A deployment under a license; known from the day on which the license was created. */
  at(kind: Kind, site: SampleDeployment): Deployment;
};

/** The actor in place of people in the sample. */
export const AUTHOR: Actor = { kind: "system", id: "sample" };
