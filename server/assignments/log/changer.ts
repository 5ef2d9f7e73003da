import type { Patch, PatchContext, PatchResults } from "@/domain/assignments/assignment";
import type { Base } from "@/domain/assignments/sync";
import type { Actor } from "@/server/access/actor";
import type { Caller } from "@/server/deployments/admission";
import type { DataKeys } from "@/server/secrets/data-keys";
import type { Sql } from "@/server/store/sql";

/** The caller that changes assignments: a deployment with its key, or a principal that passed the gate. */
export type Changer = {
  source: string;
  actor: Actor;
  now: Date;
  caller?: Caller;
  /** The caller's base. If this store gave it and hasn't reached it, the request fails with `StoreWentBack`. */
  base?: Base;
  /** One rejected patch refuses them all, with its code. */
  allOrNothing?: boolean;
  /** Rejected patches aren't kept: the caller sees them at once. */
  unkept?: boolean;
  /** The product whose allotments are visible, for a caller without a key. */
  product?: string;
  /** Reads the patches once the license is locked: before that, a log's hashes can't be told from names. */
  patchesIn?: (tx: Query, license: AdmittedKeys) => Promise<Patch[]>;
  /** Additional writes in the same transaction. */
  alongside?: (tx: Query, outcome: PatchResults) => Promise<void>;
} & Pick<PatchContext, "reverts" | "dependsOn" | "takesHashes">;

/** A license, and the keys that decrypt its subjects. */
type AdmittedKeys = { license: string; keys: DataKeys };

export type Query = Pick<Sql, "query">;
