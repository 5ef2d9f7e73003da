import type { Promised } from "@/domain/offline/shares";
import type { RejectionCode } from "@/domain/refusals/refusal";

/** One change as a deployment or an admin sends it. Its values are unproven: at run time each may be of any type. */
export type Patch = {
  instance: string;
  version: number;
  license: string;
  allotment: string;
  subject: string;
  created: string;
  deleted?: string;
  auto?: boolean;
  lastUsed?: string;
};

/** One life of an assignment, from its add to its delete. A tombstone has `deleted` and no subject. */
export type Assignment = {
  instance: string;
  /** The position of its last change in the license's log. */
  version: number;
  addedAt: number;
  /** The name as `nameKey` gives it. */
  allotment: string;
  /** Stands for the subject where the subject must not be kept. */
  index: string;
  /** As first spelled. */
  subject: string;
  /** As its source says. */
  created: Date;
  /** When the server took the add; null where an older release did. */
  received: Date | null;
  source: string;
  auto: boolean;
  deleted: Date | null;
  /** A UTC day. */
  lastUsed: string | null;
};

/** `promised` are the shares of checkouts that are out. */
export type AllotmentSeats = {
  name: string;
  class: "assigned" | "time";
  units: number;
  live: number;
  promised?: readonly Promised[];
};

/** What a license gives and what of it is taken. `touched` holds every row that `patchKeys` names, tombstones too. */
export type Seats = {
  license: string;
  version: number;
  /** Whether the license is valid now. */
  accepts: boolean;
  autoAssign: ReadonlySet<string>;
  pools: ReadonlyMap<string, AllotmentSeats>;
  /** Allotments for other products than the sender's: their rows are as good as of an unknown allotment. */
  hidden?: ReadonlySet<string>;
  touched: readonly Assignment[];
};

/** `row` is null if the patch was rejected or names an instance that is not there: then it goes back as sent, with `deleted` in the second case. */
export type PatchResult = { patch: Patch; row: Assignment | null; rejection: RejectionCode | "" };

/** `row` is the assignment after the change; `reverses` is the version of the change that it takes back. */
export type Change = { kind: "add" | "delete" | "use" | "name"; row: Assignment; reverses?: number };

export type Rejected = { code: RejectionCode; allotment: string; index: string; subject: string };

/** `version` is the license's after all changes; `rejected` are the adds of known subjects to known allotments that ended without a seat. */
export type PatchResults = {
  version: number;
  answers: PatchResult[];
  changes: Change[];
  rejected: Rejected[];
};

/** A released seat that is given back. `live` is how many held seats of its allotment when it was released. */
export type Restored = { instance: string; subject: string; live: number };

/** What a patch takes back: the change at `version`, a release when there is a seat to restore. */
export type TakenBack = { version: number; restores?: Restored };

/** `indexOf` compares subjects as the license wants it; `newInstance` gives a new 63-bit decimal. */
export type PatchContext = {
  source: string;
  now: Date;
  indexOf: (subject: string) => string;
  newInstance: () => string;
  /** A subject's hash as logs of sites without a network carry it; absent where no such seat was ever taken. */
  hashOf?: ((subject: string) => string) | undefined;
  /** Whether a seat can be taken for a hash: by a log alone. */
  takesHashes?: boolean | undefined;
  /** Patches that take a change back. No deployment sends such a one. */
  takesBack?: ReadonlyMap<Patch, TakenBack>;
  /** Patches that are taken only if another one before them was. */
  follows?: ReadonlyMap<Patch, Patch>;
};
