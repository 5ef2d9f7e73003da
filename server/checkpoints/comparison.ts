import { createLocalJWKSet, type JSONWebKeySet } from "jose";
import {
  type ChainEnd,
  type Checkpoint,
  type Conflict,
  checkpointsAmong,
  conflictOf,
  type History,
  type Stored,
  worseOf,
} from "@/domain/audit-checkpoint";
import { everyJsonWebKey } from "@/server/keys/signing-keys";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import type { CheckpointArchive } from "./archive";
import { installationId } from "./checkpoints";
import { type CheckpointError, provenCheckpoint } from "./signed-checkpoint";

/** What comparing the chains with the checkpoints of an archive found. */
export type Comparison = {
  /** How many checkpoints are proven, and the time of the newest. */
  checkpoints: number;
  newest: Date | null;
  /** What is named as a checkpoint and can't be trusted as one. */
  refused: { name: string; error: CheckpointError }[];
  /** The worst conflict of each chain that has one, by chain. */
  conflicts: Conflict[];
};

type Wanted = {
  /** Public keys that were kept elsewhere; without them, every key that the store knows. */
  keys?: JSONWebKeySet | undefined;
  /** Older checkpoints aren't read. */
  since?: Date | undefined;
};

const BATCH = 1000;

/**
 * Compares the chains with every checkpoint, oldest first. One checkpoint is in memory, and the last known end of each
 * chain: an end that didn't move isn't compared again.
 *
 * A withdrawn key proves too. Whoever has it could raise a false alarm, but a checkpoint that is added can hide nothing.
 */
export async function compareWithCheckpoints(
  archive: CheckpointArchive,
  { keys, since }: Wanted = {},
): Promise<Comparison> {
  const names = checkpointsAmong(await archive.list(), since);
  const [prove, history] = [await prover(keys), await historyOf()];
  const compared = new Map<string, ChainEnd>();
  const worst = new Map<string, Conflict>();
  const result: Comparison = { checkpoints: 0, newest: null, refused: [], conflicts: [] };
  for (const name of names) {
    const proven = await prove(await archive.read(name));
    if (typeof proven === "string") {
      result.refused.push({ name, error: proven });
      continue;
    }
    result.checkpoints += 1;
    result.newest = proven.at;
    for await (const conflict of conflictsWith(proven, compared, history))
      worst.set(conflict.chain, worseOf(worst.get(conflict.chain), conflict));
  }
  const byChain = (a: Conflict, b: Conflict) => (a.chain < b.chain ? -1 : 1);
  return { ...result, conflicts: [...worst.values()].toSorted(byChain) };
}

type Prove = (text: string) => Promise<Checkpoint | CheckpointError>;

async function prover(keys: JSONWebKeySet | undefined): Promise<Prove> {
  const keySet = createLocalJWKSet(keys ?? (await everyJsonWebKey()));
  const installation = await installationId();
  return (text) => provenCheckpoint(text, keySet, installation);
}

async function* conflictsWith(
  { at, ends }: Checkpoint,
  compared: Map<string, ChainEnd>,
  history: History,
): AsyncGenerator<Conflict> {
  const moved = ends.filter(({ chain, hash }) => compared.get(chain)?.hash !== hash);
  for (let begin = 0; begin < moved.length; begin += BATCH) {
    const batch = moved.slice(begin, begin + BATCH);
    const stored = await storedOf(batch);
    for (const end of batch) {
      const conflict = conflictOf(end, at, stored.get(end.chain) ?? NOTHING, history);
      if (conflict) yield conflict;
      else compared.set(end.chain, end);
    }
  }
}

const NOTHING: Stored = { end: null, hash: null };

async function storedOf(ends: readonly ChainEnd[]): Promise<Map<string, Stored>> {
  const rows = await store().db.$queryRaw<{ chain: string; end: bigint | null; hash: string | null }[]>`
    SELECT c.chain, CASE WHEN c.chain = ${INSTALLATION} THEN (SELECT audit_sequence FROM installation WHERE id = 1)
      ELSE r.audit_sequence END AS end, encode(e.hash, 'hex') AS hash
    FROM json_to_recordset(${JSON.stringify(ends)}::json) AS c(chain text, sequence bigint)
    LEFT JOIN roster r ON r.license = c.chain
    LEFT JOIN audit_event e ON e.chain = c.chain AND e.sequence = c.sequence`;
  return new Map(
    rows.map(({ chain, end, hash }) => [chain, { end: end === null ? null : Number(end), hash }]),
  );
}

/** The installation's own chain records restores, and licenses that were removed with their chains. */
async function historyOf(): Promise<History> {
  const events = await store().db.auditEvent.findMany({
    where: { chain: INSTALLATION, action: { in: ["installation.restored", "license.removed"] } },
    orderBy: { sequence: "asc" },
    select: { action: true, object: true, at: true, details: true },
  });
  const restores = events.filter(({ action }) => action === "installation.restored").map(({ at }) => at);
  const removals = events.flatMap(({ object: chain, at, details }) => {
    const { events: length, end } = details as { events?: number; end?: string };
    return length === undefined || end === undefined ? [] : [{ chain, at, events: length, end }];
  });
  return { restores, removals };
}
