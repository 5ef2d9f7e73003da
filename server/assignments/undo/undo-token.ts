import { Refusal } from "@/domain/refusals/refusal";
import { UNDO_MINUTES, UNDO_MS } from "@/domain/undo";
import type { Actor } from "@/server/access/actor";
import type { LicenseSettings } from "@/server/licenses/license";
import { decrypt, encrypt } from "@/server/secrets/encryption";
import { derived } from "@/server/store/secret";
import { store } from "@/server/store/store";

/**
 * The inverse of a change. `set` gives a field the value `to`, if its value is `still` the one that the change set.
 * `restore` restores a released seat, `release` frees an assigned one; a conversion has both.
 */
export type Inverse = ({ set: Setting } & { seat?: undefined }) | { seat: SeatInverse; set?: undefined };

/** `version` is that of the change to undo; `live` how many seats of the allotment were held before it. */
export type SeatInverse = {
  restore?: {
    instance: string;
    version: number;
    allotment: string;
    subject: string;
    aliases?: readonly string[] | undefined;
    live: number;
  };
  release?: { instance: string; version: number };
};

type Setting =
  | { field: "deployment.name"; source: string; to: string; still: string }
  | { field: "license.settings"; to: Partial<LicenseSettings>; still: Partial<LicenseSettings> };

/** The person who may undo, and the license. */
export type UndoScope = { license: string; actor: Actor; now: Date };

type Encrypted = { until: number; inverses: Inverse[] };
/** More seats than this can't be undone in one step. */
export const MOST_UNDONE = 1000;

/**
 * Encrypts the inverse of a change, for the browser of the person who made it: it may name a subject, which our store
 * deletes with the release. Nobody else can decrypt it, it works for no other license, and for 15 minutes.
 */
export function issueUndoToken(inverses: Inverse[], scope: UndoScope): string {
  const [secret] = store().secrets;
  if (!secret) throw new Error("There is no secret.");
  const content: Encrypted = { until: scope.now.getTime() + UNDO_MS, inverses };
  return encrypt([keyOf(secret)], Buffer.from(JSON.stringify(content)), contextOf(scope)).toString(
    "base64url",
  );
}

/** Decrypts the result of `issueUndoToken` for the same person and license, or throws `UNDO_OVER`. */
export function readUndoToken(sealed: string, scope: UndoScope): Inverse[] {
  const [text] = store().secrets.flatMap((secret) => opened(secret, sealed, scope) ?? []);
  if (!text) throw over();
  // Only this installation can encrypt, so `issueUndoToken` wrote the text.
  const { until, inverses } = JSON.parse(text) as Encrypted;
  if (scope.now.getTime() > until) throw over();
  return inverses;
}

function opened(secret: Buffer, sealed: string, scope: UndoScope): string | null {
  try {
    return decrypt([keyOf(secret)], Buffer.from(sealed, "base64url"), contextOf(scope)).toString();
  } catch {
    return null;
  }
}

function keyOf(secret: Buffer): Buffer {
  return derived(secret, "undo");
}

function contextOf({ license, actor }: UndoScope): string {
  return `undo|${license}|${actor.kind}|${actor.id}`;
}

function over(): Refusal {
  return new Refusal(
    "UNDO_OVER",
    `Nothing was undone. A change can be undone for ${UNDO_MINUTES} minutes, by the person who made it.`,
  );
}
