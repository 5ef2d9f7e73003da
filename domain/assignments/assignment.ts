import type { Promised } from "@/domain/offline/shares";
import type { RejectionCode } from "@/domain/refusals/refusal";
import type { Aliases } from "./aliases";

/** One change as a deployment or an admin sends it. Its values are unchecked: at run time each may be of any type. */
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
  /** The version of the license's log at the last change of this assignment. */
  version: number;
  addedAt: number;
  /** The allotment's name as `nameKey` returns it. */
  allotment: string;
  /** The subject index, which identifies the subject where it must not be kept. */
  index: string;
  /** The subject as it was first spelled. */
  subject: string;
  /** The other subjects that are declared the same user, as far as their text is known; absent if there are none. */
  aliases?: readonly string[] | undefined;
  /** When the assignment was created, according to its source. */
  created: Date;
  /** When the server received the add; null if an older release did. */
  received: Date | null;
  source: string;
  auto: boolean;
  deleted: Date | null;
  /** The last day of use, a UTC day. */
  lastUsed: string | null;
};

/** The seats of one allotment. `promised` has the shares of checkouts that are out. */
export type AllotmentSeats = {
  name: string;
  class: "assigned" | "time";
  units: number;
  live: number;
  promised?: readonly Promised[];
};

/**
 * The units that a license grants and the seats that are taken. `touched` has every row that `patchKeys` names,
 * including tombstones.
 */
export type Seats = {
  license: string;
  version: number;
  /** Whether the license accepts new assignments now. */
  accepts: boolean;
  autoAssign: ReadonlySet<string>;
  pools: ReadonlyMap<string, AllotmentSeats>;
  /** Allotments for products other than the sender's: their rows are treated as rows of an unknown allotment. */
  hidden?: ReadonlySet<string>;
  touched: readonly Assignment[];
  /** The subject indexes, among those that are looked up, of users who are inactive in a directory. */
  inactive?: ReadonlySet<string>;
};

/**
 * `row` is null if the patch was rejected or names an unknown instance: such a patch is returned as sent, in the
 * second case with `deleted`.
 */
export type PatchResult = { patch: Patch; row: Assignment | null; rejection: RejectionCode | "" };

/**
 * `name` gives a row another user's index or subject, `alias` other aliases; both keep its rank. `row` is the
 * assignment after the change; `reverses` is the version of the change that this one undoes. `subject`
 * and `aliases` are those of a released seat, which its row no longer has.
 */
export type Change = {
  kind: "add" | "delete" | "use" | "name" | "alias";
  row: Assignment;
  reverses?: number;
  subject?: string;
  aliases?: readonly string[] | undefined;
};

export type Rejected = { code: RejectionCode; allotment: string; index: string; subject: string };

/**
 * `version` is the license's version after all changes; `rejected` are the adds of known subjects to known allotments
 * that got no seat.
 */
export type PatchResults = {
  version: number;
  answers: PatchResult[];
  changes: Change[];
  rejected: Rejected[];
};

/** A released seat to restore. `live` is how many seats of its allotment were held when it was released. */
export type Restored = {
  instance: string;
  subject: string;
  aliases?: readonly string[] | undefined;
  live: number;
};

/** The change that a patch undoes: the one at `version`, which was a release if there is a seat to restore. */
export type Reverted = { version: number; restores?: Restored };

/**
 * `indexOf` returns the index of the user that a subject names, by the license's user matching and its aliases;
 * `newInstance` returns a new 63-bit decimal.
 */
export type PatchContext = {
  source: string;
  now: Date;
  indexOf: (subject: string) => string;
  newInstance: () => string;
  /** The aliases that the patches may meet; absent if there are none. */
  aliases?: Aliases | undefined;
  /** The hash of a subject as offline logs have it; absent if no hashed subject ever took a seat. */
  hashOf?: ((subject: string) => string) | undefined;
  /** Whether a hashed subject can take a seat: only when an offline log is applied. */
  takesHashes?: boolean | undefined;
  /** Patches that undo an earlier change. A deployment never sends one. */
  reverts?: ReadonlyMap<Patch, Reverted>;
  /** Patches that are applied only if another patch before them was. */
  dependsOn?: ReadonlyMap<Patch, Patch>;
};
