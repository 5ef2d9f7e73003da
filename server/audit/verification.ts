import { Refusal } from "@/domain/refusals/refusal";
import type { AuditVerification, Prisma } from "@/prisma/client/client";
import { type Actor, isActorKind } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";
import { actorNames } from "./actor-names";
import { type Verification, verifyChain, verifySteps } from "./chain";
import { chainScope, countChainsInSight } from "./scope";

/** The progress of a verification: the chain and the number of chains, the event and the number of events. */
export type VerificationStep = { chain: number; chains: number; events: number; of: number };

/**
 * The last verification of chains in scope: how many chains and events are intact, when they were verified and by
 * whom, and the first broken one.
 */
export type Verified = {
  chains: number;
  checked: number;
  events: number;
  /** The oldest and the latest time of the verifications. */
  since: Date | null;
  last: Date | null;
  by: string | null;
  bad: { chain: string; sequence: number; reason: string; at: Date } | null;
};

/** Verifies chains one after the other with progress; saves each result. */
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
      if (!(error instanceof Refusal)) throw error; // the license was deleted in the meantime
    }
  }
}

/** Verifies one chain and saves the result. */
export async function verifyOne(chain: string, actor: Actor, now: Date): Promise<Verification> {
  const found = await verifyChain(chain);
  await keep(found, actor, now);
  return found;
}

/** The last verification of one chain; `chain` must be one that the reader may read. */
export function lastVerified(chain: string): Promise<Verified> {
  return verified({ chain }, 1);
}

/** The last verification of all chains in scope. */
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
