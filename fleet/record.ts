import type { Agent } from "@/agent";
import { localAssignmentsOf, seatsOf } from "@/agent/local-assignments";
import { type State as AgentState, unreported } from "@/agent/state";
import { foldSubject } from "@/domain/assignments/subject";
import { nameKey } from "@/domain/licenses/definition";
import type { Machine } from "./machine";

/** A seat as its holder knows it: by its instance, or, until the server responds, by its add. */
export type Seat = {
  allotment: string;
  subject: string;
  source: string;
  created: string;
  instance: string | null;
};

/** The changes that were acknowledged, which must be kept forever, and those left open. */
export type RunRecord = {
  grants: Seat[];
  /** Every release that was requested, by anybody. */
  released: Seat[];
  /** Releases that were acknowledged. */
  releasesHeld: Seat[];
  /** Minutes that were charged, by source. */
  charged: Map<string, number>;
  /** Minutes that a killed process may have charged without a response, by source. */
  open: Map<string, number>;
  /** Minutes that a restored machine lost with its disk, by source. */
  lostMinutes: Map<string, number>;
  /** Adds and releases that a restored machine lost with its disk. */
  lostPatches: Set<string>;
  /** Seats that the server rejected, with the reason, by the add. */
  withdrawn: Set<string>;
  restored: Set<string>;
  cloned: Set<string>;
  counts: Map<string, number>;
};

export function openRunRecord(): RunRecord {
  return {
    ...{ grants: [], released: [], releasesHeld: [] },
    ...{ charged: new Map(), open: new Map(), lostMinutes: new Map() },
    ...{ lostPatches: new Set(), withdrawn: new Set(), restored: new Set(), cloned: new Set() },
    counts: new Map(),
  };
}

export function count({ counts }: RunRecord, what: string, by = 1): void {
  counts.set(what, (counts.get(what) ?? 0) + by);
}

export function add(sums: Map<string, number>, key: string, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}

/** The seat that a subject holds on an agent now. */
export function seatOn(agent: Agent, subject: string, allotment: string): Seat | null {
  const state = agent.state();
  if (!state.license) return null;
  const seats = seatsOf(localAssignmentsOf(state, state.license), state.license, subject, agent.now());
  const seat = seats.find((each) => nameKey(each.allotment.name) === nameKey(allotment));
  if (!seat) return null;
  const { created, row } = seat;
  return {
    allotment: nameKey(allotment),
    subject,
    source: state.source,
    created,
    instance: row?.instance ?? null,
  };
}

/** A key that distinguishes an add from all others. */
export function lifeOf({ source, allotment, subject, created }: Omit<Seat, "instance">): string {
  return JSON.stringify([source, nameKey(allotment), foldSubject(subject), Date.parse(created)]);
}

export function seatKeyOf(source: string, allotment: string, subject: string): string {
  return JSON.stringify([source, nameKey(allotment), foldSubject(subject)]);
}

/** Records what is lost when a disk is replaced by its earlier state `kept`: the unsent part. */
export function noteLoss(ledger: RunRecord, gone: AgentState, kept: AgentState): void {
  ledger.restored.add(gone.source);
  const unsent = [...gone.slots.values()].reduce((sum, slot) => sum + unreported(slot), 0);
  add(ledger.lostMinutes, gone.source, unsent);
  const stays = new Set(kept.outbox);
  for (const patch of gone.outbox) if (!stays.has(patch)) ledger.lostPatches.add(patchOf(gone.source, patch));
}

/** A key that distinguishes the patches of a source: the instance of a release, otherwise the add. */
export function patchOf(
  source: string,
  patch: Omit<Seat, "instance" | "source"> & { instance: string | null },
): string {
  return patch.instance || lifeOf({ ...patch, source });
}

/** Records what the server has rejected of a machine so far: the agent keeps the latest hundred. */
export function noteRejections({ withdrawn }: RunRecord, { life, source }: Machine): void {
  for (const { allotment, subject } of life?.agent.state().rejections ?? [])
    withdrawn.add(seatKeyOf(source, allotment, subject));
}
