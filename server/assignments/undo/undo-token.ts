import { Refusal } from "@/domain/refusals/refusal";
import { UNDO_MINUTES, UNDO_MS } from "@/domain/undo";
import type { Actor } from "@/server/access/actor";
import type { LicenseSettings } from "@/server/licenses/license";
import { decrypt, encrypt } from "@/server/secrets/encryption";
import { derived } from "@/server/store/secret";
import { store } from "@/server/store/store";

/**
 * What undoes a change. `set` gives a field the value `to`, provided that it is `still` what the change made of it.
 * `restore` gives a released seat back, `release` frees one that was assigned; a conversion has both.
 */
export type Inverse = ({ set: Setting } & { seat?: undefined }) | { seat: SeatInverse; set?: undefined };

/** `version` is that of the change to undo; `live` how many seats of the allotment were held before it. */
export type SeatInverse = {
  restore?: { instance: string; version: number; allotment: string; subject: string; live: number };
  release?: { instance: string; version: number };
};

type Setting =
  | { field: "deployment.name"; source: string; to: string; still: string }
  | { field: "license.settings"; to: Partial<LicenseSettings>; still: Partial<LicenseSettings> };

/** Who may undo, and on which license. */
export type UndoScope = { license: string; actor: Actor; now: Date };

type Encrypted = { until: number; inverses: Inverse[] };
/** More seats than these cannot be taken back at once. */
export const MOST_UNDONE = 1000;

/**
 * Seals what undoes a change, for the browser of the person who made it to keep: it may hold a subject, which no store
 * of ours keeps once it is released. Nobody else opens it, for no other license, and after 15 minutes nobody.
 */
export function issueUndoToken(inverses: Inverse[], scope: UndoScope): string {
  const [secret] = store().secrets;
  if (!secret) throw new Error("There is no secret.");
  const content: Encrypted = { until: scope.now.getTime() + UNDO_MS, inverses };
  return encrypt(keyOf(secret), Buffer.from(JSON.stringify(content)), contextOf(scope)).toString("base64url");
}

/** Opens what `issueUndoToken` made for the same person and license, or refuses with `UNDO_OVER`. */
export function readUndoToken(sealed: string, scope: UndoScope): Inverse[] {
  const [text] = store().secrets.flatMap((secret) => opened(secret, sealed, scope) ?? []);
  if (!text) throw over();
  // Only this installation seals, so the text is what issueUndoToken wrote.
  const { until, inverses } = JSON.parse(text) as Encrypted;
  if (scope.now.getTime() > until) throw over();
  return inverses;
}

function opened(secret: Buffer, sealed: string, scope: UndoScope): string | null {
  try {
    return decrypt(keyOf(secret), Buffer.from(sealed, "base64url"), contextOf(scope)).toString();
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
