import type { Patch, PatchContext, PatchResults } from "@/domain/assignments/assignment";
import type { Base } from "@/domain/assignments/sync";
import type { Actor } from "@/server/access/actor";
import type { Caller } from "@/server/deployments/admission";
import type { DataKeys } from "@/server/secrets/data-keys";
import type { Sql } from "@/server/store/sql";
/** Who changes assignments: a deployment with its key, or someone who came through the gate. */
export type Changer = {
  source: string;
  actor: Actor;
  now: Date;
  caller?: Caller;
  /** Where the caller stands; one that this store gave and does not reach any more refuses all with `StoreWentBack`. */
  base?: Base;
  /** One rejected patch refuses them all, with its code. */
  allOrNothing?: boolean;
  /** Rejected patches are not kept: whoever sent them is told. */
  unkept?: boolean;
  /** The product whose allotments alone are there, for who calls without a key. */
  product?: string;
  /** The patches as they read once the license is locked: before that, a log's hashes can't be told from names. */
  patchesIn?: (tx: Query, license: AdmittedKeys) => Promise<Patch[]>;
  /** What else is written in the same transaction. */
  alongside?: (tx: Query, outcome: PatchResults) => Promise<void>;
} & Pick<PatchContext, "reverts" | "dependsOn" | "takesHashes">;

/** A license, and the keys by which its subjects are read. */
type AdmittedKeys = { license: string; keys: DataKeys };

export type Query = Pick<Sql, "query">;
