import type { Actor } from "@/server/access/actor";
import type { Connection } from "./connection";

/** A connection that acts, by a request of its directory or by a job. */
export type ScimActing = { connection: Connection; actor: Actor; now: Date };
