import { Refusal } from "@/domain/refusals/refusal";
import type { AuditVerification, Prisma } from "@/prisma/client/client";
import { type Actor, isActorKind } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";
import { actorNames } from "./actor-names";
import { type Verification, verifyChain, verifySteps } from "./chain";
import { chainScope, countChainsInSight } from "./scope";

/** How far a verification is: in which chain of how many, and at which event of how many of it. */
export type VerificationStep = { chain: number; chains: number; events: number; of: number };

/**
 * How chains stood when each was last computed again: how many were, of those in sight, with how many events up to which
 * they are whole; when, and by whom if it was one; and the first that is broken.
 */
export type Verified = {
  chains: number;
  checked: number;
  events: number;
  /** The oldest and the latest time of that. */
  since: Date | null;
  last: Date | null;
  by: string | null;
  bad: { chain: string; sequence: number; reason: string; at: Date } | null;
};

/** Computes chains again, one after the other, telling how far it is; how each stands is kept. */
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

/** Computes one chain again and keeps how it stands. */
export async function verifyOne(chain: string, actor: Actor, now: Date): Promise<Verification> {
  const found = await verifyChain(chain);
  await keep(found, actor, now);
  return found;
}

/** How one chain stood last; `chain` must be one that the reader may read. */
export function lastVerified(chain: string): Promise<Verified> {
  return verified({ chain }, 1);
}

/** How all chains in sight stood last. */
export async function lastVerifiedInSight(who: Principal): Promise<Verified> {
  return verified(await chainScope(who), await countChainsInSight(who));
}

async function verified(where: Prisma.AuditVerificationWhereInput, chains: number): Promise<Verified> {
  const { auditVerification: kept } = store().db;
  const [all, broken, actors] = await Promise.all([
    kept.aggregate({ where, _count: true, _sum: { events: true }, _min: { at: true }, _max: { at: true } }),
    kept.findFirst({ where: { AND: [where, { badReason: { not: null } }] }, orderBy: { chain: "asc" } }),
    kept.groupBy({ by: ["byKind", "by"], where, orderBy: { by: "asc" }, take: 2 }),
  ]);
  const [actor, another] = actors;
  return {
    chains,
    checked: all._count,
    events: Number(all._sum.events ?? 0),
    since: all._min.at,
    last: all._max.at,
    by: actor && !another ? await nameOf(actor) : null,
    bad: broken && badOf(broken),
  };
}

function badOf({ chain, events, badReason, at }: AuditVerification): Verified["bad"] {
  return { chain, sequence: Number(events) + 1, reason: badReason ?? "", at };
}

async function nameOf({ byKind: kind, by: id }: Pick<AuditVerification, "byKind" | "by">): Promise<string> {
  if (!isActorKind(kind)) return id;
  return (await actorNames([{ kind, id }]))({ kind, id });
}

async function keep(found: Verification, { kind, id }: Actor, now: Date): Promise<void> {
  const badReason = found.whole ? null : found.bad.reason;
  const stood = { at: now, byKind: kind, by: id, events: found.events, badReason };
  const { chain } = found;
  await store().db.auditVerification.upsert({ where: { chain }, create: { chain, ...stood }, update: stood });
}
