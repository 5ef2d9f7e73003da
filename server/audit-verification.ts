import { Refusal } from "@/domain/refusal";
import { actorNames } from "./actor-names";
import { type Actor, isActorKind } from "./audit";
import { type Verification, verifyChain, verifySteps } from "./audit-chain";
import { chainScope, chainsInSight } from "./audit-log";
import type { Principal } from "./gate";
import { store } from "./store";

/** How far a verification is: in which chain of how many, and at which event of how many of it. */
export type VerificationStep = { chain: number; chains: number; events: number; of: number };

/**
 * How chains stood when each was last computed anew: how many were, of those in sight, with how many events up to which
 * they are whole; since when, and by whom if it was one; and the first that is broken.
 */
export type Verified = {
  chains: number;
  checked: number;
  events: number;
  since: Date | null;
  by: string | null;
  bad: { chain: string; sequence: number; reason: string; at: Date } | null;
};

/** Computes chains anew, one after the other, telling how far it is; how each stands is kept. */
export async function* verifyChains(
  chains: readonly string[],
  actor: Actor,
  now: Date,
): AsyncGenerator<VerificationStep> {
  for (const [index, chain] of chains.entries()) {
    const place = { chain: index + 1, chains: chains.length };
    yield { ...place, events: 0, of: 0 };
    const steps = verifySteps(chain);
    try {
      let step = await steps.next();
      for (; !step.done; step = await steps.next()) yield { ...place, ...step.value };
      await keep(step.value, actor, now);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // its license was removed meanwhile
    }
  }
}

/** Computes one chain anew and keeps how it stands. */
export async function verifyOne(chain: string, actor: Actor, now: Date): Promise<Verification> {
  const found = await verifyChain(chain);
  await keep(found, actor, now);
  return found;
}

/** How one chain stood last; `chain` must be one that the reader may read. */
export async function lastVerified(chain: string): Promise<Verified> {
  const row = await store().db.auditVerification.findUnique({ where: { chain } });
  return verifiedOf(row ? [row] : [], 1);
}

/** How all chains in sight stood last. */
export async function lastVerifiedInSight(who: Principal): Promise<Verified> {
  const [rows, chains] = await Promise.all([
    store().db.auditVerification.findMany({ where: await chainScope(who), orderBy: { chain: "asc" } }),
    chainsInSight(who),
  ]);
  return verifiedOf(rows, chains.length);
}

type Row = { chain: string; at: Date; byKind: string; by: string; events: bigint; badReason: string | null };

async function verifiedOf(rows: Row[], chains: number): Promise<Verified> {
  const [first] = rows;
  const broken = rows.find(({ badReason }) => badReason !== null);
  const isOnes = rows.every(({ byKind, by }) => byKind === first?.byKind && by === first?.by);
  return {
    chains,
    checked: rows.length,
    events: rows.reduce((sum, { events }) => sum + Number(events), 0),
    since: rows.reduce<Date | null>((since, { at }) => (since && since < at ? since : at), null),
    by: first && isOnes ? await nameOf(first) : null,
    bad: broken
      ? {
          chain: broken.chain,
          sequence: Number(broken.events) + 1,
          reason: broken.badReason ?? "",
          at: broken.at,
        }
      : null,
  };
}

async function nameOf({ byKind: kind, by: id }: Row): Promise<string> {
  if (!isActorKind(kind)) return id;
  return (await actorNames([{ kind, id }]))({ kind, id });
}

async function keep(found: Verification, { kind, id }: Actor, now: Date): Promise<void> {
  const badReason = found.whole ? null : found.bad.reason;
  const stood = { at: now, byKind: kind, by: id, events: found.events, badReason };
  const { chain } = found;
  await store().db.auditVerification.upsert({ where: { chain }, create: { chain, ...stood }, update: stood });
}
