import { nameKey } from "@/domain/licenses/definition";
import type { Patch } from "./assignment";
import type { Base } from "./sync";

/** An assignment as a deployment knows it. */
export type Row = {
  instance: string;
  version: number;
  allotment: string;
  subject: string;
  /** The other subjects that name the same user. */
  aliases?: readonly string[];
  created: string;
  excess?: boolean;
  /** The rank in the order of seats, if it isn't the version: the seat was restored after a release. */
  rank?: number;
};

export type Reply = {
  bases: { license: string; version: number; epoch: string; mark?: string }[];
  patches: (Row & { license: string; deleted?: string; rejection: string })[];
  snapshot?: true;
  more?: string;
};

type Rows = ReadonlyMap<string, Row>;

/** A response of several pages that is still arriving; the rows of a snapshot wait for its last page. */
type Paging = { more: string; snapshot: { epoch: string | undefined; rows: Rows } | null };

/**
 * The state that a deployment keeps. `outbox` is in the order of events: an add that may have been sent stays in it,
 * before its delete, until a response arrives.
 */
export type Local = { base: Base; rows: Rows; outbox: readonly Patch[]; paging: Paging | null };

/** The next request to send; its patches are the first ones of the outbox. */
export function nextRequest({ base, outbox, paging }: Local, license: string, limit = 5000) {
  const bases = [{ license, version: 0, ...base }];
  if (paging) return { bases, patches: [], after: paging.more };
  return { bases, patches: outbox.slice(0, limit) };
}

/**
 * Merges the reply to a request that carried the first `sent` patches of the outbox. A reply to an earlier request
 * must be dropped instead.
 */
export function mergeReply(local: Local, sent: number, reply: Reply): Local {
  const { bases, patches, snapshot, more } = reply;
  const outbox = renamed(local.outbox, patches.slice(0, sent));
  const epoch = bases[0]?.epoch;
  const before = snapshot ? staged(local.paging, epoch) : local.rows;
  const rows = merged(before, patches);
  if (more === undefined) return { base: baseIn(reply) ?? local.base, rows, outbox, paging: null };
  if (!snapshot) return { ...local, rows, outbox, paging: { more, snapshot: null } };
  const inForce = merged(local.rows, patches.slice(0, sent));
  return { ...local, rows: inForce, outbox, paging: { more, snapshot: { epoch, rows } } };
}

/** The snapshot so far, unless it began in another epoch: then the server has restarted the snapshot. */
function staged(paging: Paging | null, epoch: string | undefined): Rows {
  const snapshot = paging?.snapshot;
  return snapshot && snapshot.epoch === epoch ? snapshot.rows : new Map();
}

/** The base of a reply, with its mark if the server gives one. */
export function baseIn({ bases: [base] }: Reply): Base {
  if (!base) return null;
  const { license: _, ...position } = base;
  return position;
}

function merged(rows: Rows, patches: Reply["patches"]): Rows {
  const next = new Map(rows);
  for (const { license: _, deleted, rejection, ...row } of patches) {
    if (rejection !== "" || row.instance === "") continue;
    if (deleted === undefined) next.set(row.instance, row);
    else next.delete(row.instance);
  }
  return next;
}

/**
 * The patches still to be sent. A delete that could only name its add gets the instance from the response, even if
 * another source had added it.
 */
function renamed(outbox: readonly Patch[], results: Reply["patches"]): Patch[] {
  const instances = new Map(
    results.flatMap((result, i) => {
      const add = outbox[i];
      return add && result.rejection === "" ? [[lifeOf(add), result.instance] as const] : [];
    }),
  );
  return outbox.slice(results.length).map((patch) => {
    const isUnnamedDelete = patch.instance === "" && patch.deleted !== undefined;
    const instance = isUnnamedDelete ? instances.get(lifeOf(patch)) : undefined;
    return instance === undefined ? patch : { ...patch, instance };
  });
}

function lifeOf({ allotment, subject, created }: Patch): string {
  return JSON.stringify([nameKey(allotment), subject, created]);
}
