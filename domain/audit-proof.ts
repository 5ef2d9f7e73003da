import { type AuditEntry, auditText, type Folded, foldedInto, NOTHING_FOLDED } from "./audit-chain";

/** An event as it is stored in its chain. */
export type StoredEvent = AuditEntry & { hash: Uint8Array; standsFor: number | null };

/** The part of a chain that is proven: its last event, and those after it that wait to be folded into one. */
export type Proof = { sequence: number; hash: Uint8Array; folded: Folded };

/** The first event that doesn't fit, and what is wrong with it. */
export type ChainDamage = { sequence: number; reason: string };

/** The HMAC of a text with the installation's key. */
export type Mac = (text: string) => Uint8Array;

/** What can be wrong with an event, as the second half of a sentence. */
export const CHAIN_DAMAGE = {
  changed: "was changed",
  missing: "is missing",
  inserted: "was inserted",
  moved: "is out of order",
  cut: "is missing, with everything after it",
  folded: "is not stored as it was written",
  last: "is not the last one of the chain",
} as const;

/** The proof of a chain before its first event; its hash is the one that the first event's covers. */
export function emptyProof(hash: Uint8Array): Proof {
  return { sequence: 0, hash, folded: NOTHING_FOLDED };
}

/** Goes on with the next events of a chain, in the order of their sequence. Stops at the first that doesn't fit. */
export function proveEvents(before: Proof, events: readonly StoredEvent[], mac: Mac): Proof | ChainDamage {
  let proof = before;
  for (const [index, event] of events.entries()) {
    const sequence = proof.sequence + 1;
    if (event.sequence > sequence) return damage(sequence, "missing");
    if (event.sequence < sequence) return damage(sequence, "inserted");
    if (!isAfter(event, sequence, proof.hash, mac))
      return damage(sequence, kindOf(events.slice(index), sequence, proof.hash, mac));
    const folded = foldedInto(proof.folded, event);
    if (!folded) return damage(sequence, "folded");
    proof = { sequence, hash: event.hash, folded };
  }
  return proof;
}

/** What is wrong with a proven chain that should end with this event; null if nothing is. */
export function endDamage(
  { sequence, hash, folded }: Proof,
  end: { sequence: number; hash: Uint8Array },
): ChainDamage | null {
  if (sequence < end.sequence) return damage(sequence + 1, "cut");
  if (folded.last) return damage(sequence, "folded");
  return isSame(hash, end.hash) ? null : damage(sequence, "last");
}

/**
 * What is wrong with the first of these events, which doesn't fit. Only the events given are searched for the one that
 * belongs there, so one that was moved far away counts as changed.
 */
function kindOf(
  events: readonly StoredEvent[],
  sequence: number,
  before: Uint8Array,
  mac: Mac,
): keyof typeof CHAIN_DAMAGE {
  const [first, next] = events;
  const place = events.findIndex((event) => isAfter(event, sequence, before, mac));
  const here = events[place];
  if (first && here) {
    const previous = place === 1 ? here.hash : events[place - 1]?.hash;
    const isMoved = previous && isAfter(first, sequence + place, previous, mac);
    return isMoved ? "moved" : "inserted";
  }
  return first && next && isAfter(next, sequence + 2, first.hash, mac) ? "missing" : "changed";
}

/** Whether an event was written with this number, after the event with this hash. */
function isAfter(event: StoredEvent, sequence: number, before: Uint8Array, mac: Mac): boolean {
  return isSame(mac(auditText({ ...event, sequence }, before)), event.hash);
}

function damage(sequence: number, kind: keyof typeof CHAIN_DAMAGE): ChainDamage {
  return { sequence, reason: CHAIN_DAMAGE[kind] };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
