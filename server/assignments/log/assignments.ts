import type { Assignment, Patch, PatchResult } from "@/domain/assignments/assignment";
import { patchEcho } from "@/domain/assignments/echo";
import {
  answeredBase,
  type Base,
  type Cursor,
  encodeCursor,
  epochScope,
  type LogHead,
  page,
  type SyncPlan,
  syncPlan,
  withHorizon,
} from "@/domain/assignments/sync";
import { isExcess } from "@/domain/licenses/excess";
import { suspicionOfBase, suspicionOfCreated, suspicionOfSpelling } from "@/domain/suspicions";
import { admit, type Caller } from "@/server/deployments/admission";
import { noteSuspicions } from "@/server/deployments/suspicions";
import { invalidKey } from "@/server/keys/signed-keys";
import { currentDefinition } from "@/server/licenses/definitions";
import { refuseBehind, restoreMark } from "@/server/restores/restore-marks";
import { throughRestores } from "@/server/restores/restores";
import { dataKeys, findDataKeys } from "@/server/secrets/data-keys";
import { mapInBatches } from "@/server/store/in-batches";
import { store } from "@/server/store/store";
import { StoreWentBack } from "@/server/store/timeline";
import { openAssignment } from "./assignment-rows";
import { type ExcessLimits, excessLimits } from "./excess-limits";
import type { Taken } from "./joint-changes";
import { allotmentSeatsOf } from "./license-seats";
import type { LogHeadRow } from "./log-heads";
import { changeShared } from "./shared-changes";
import { type PageCall, readNews, readPage } from "./sync-reading";
import { READ_DELTA, READ_SNAPSHOT, type SyncRow } from "./sync-statements";

/** The request of one deployment: its base, and its changes. */
export type SyncRequest = {
  caller: Caller & { source: string };
  base: Base;
  after: Cursor | null;
  patches: Patch[];
  now: Date;
};

/** An assignment on the wire. */
export type WirePatch = {
  instance: string;
  version: number;
  license: string;
  allotment: string;
  subject: string;
  aliases?: readonly string[];
  created: string;
  deleted?: string;
  excess?: boolean;
  rank?: number;
  rejection: string;
};

export type SyncReply = {
  bases: { license: string; version: number; epoch: string; mark: string }[];
  patches: WirePatch[];
  snapshot?: true;
  more?: string;
};

type Read = SyncRow & { roster: LogHeadRow };
/** A page that was read, and the log head as the caller sees it. */
type Planned = { row: Read; log: LogHead; plan: SyncPlan };
type Pools = ReturnType<typeof allotmentSeatsOf>;

/** Applies a deployment's changes and returns everyone else's since its base. */
export function syncAssignments(request: SyncRequest): Promise<SyncReply> {
  return throughRestores(request.now, () => sync(request));
}

async function sync(request: SyncRequest): Promise<SyncReply> {
  const taken = request.patches.length > 0 ? await takePatches(request) : null;
  const results = taken?.answers ?? [];
  const { row, log, plan } = await readPlanned(request, taken);
  const found = { ...log, version: taken?.version ?? log.version };
  const since = { version: found.version, leaseDays: row.lease_days, now: request.now };
  const other = [
    suspicionOfBase(request.base, found),
    suspicionOfSpelling(results),
    suspicionOfCreated(results, since),
  ];
  await noteSuspicions(store().sql, request.caller, row, { other }, request.now);
  const { license } = request.caller.key;
  const { rows, more } = page(plan, row.rows ?? []);
  const answered = new Map(results.flatMap(({ row: own }) => (own ? [[own.instance, own.version]] : [])));
  const hidden = new Set(row.hidden);
  const others = rows.filter(
    ({ instance, version, allotment }) => answered.get(instance) !== version && !hidden.has(allotment),
  );
  const keys = others.length > 0 ? await dataKeys(license) : null;
  const opened = keys ? await mapInBatches(others, (other) => openAssignment(license, keys, other)) : [];
  const isIdle = results.length + opened.length === 0;
  const definition = isIdle ? null : await currentDefinition(license, row.definition_id);
  const names: Pools = definition ? allotmentSeatsOf(definition, row.live ?? {}, request.now) : new Map();
  const limits: ExcessLimits = definition
    ? await excessLimits(license, Object.entries(row.live ?? {}), definition, request.now)
    : new Map();
  const onWire = (assignment: Assignment) => wirePatch(assignment, license, names, limits);
  const base = answeredBase(log, baseIn(request, taken), plan, more);
  const mark = await restoreMark(license, { version: base.version, epoch: row.roster.epoch });
  return {
    bases: [{ license, ...base, mark }],
    patches: [...results.map((result) => wireResult(result, onWire, request.now)), ...opened.map(onWire)],
    ...(plan.mode === "snapshot" ? { snapshot: true as const } : {}),
    ...(more ? { more: encodeCursor(more) } : {}),
  };
}

async function takePatches({ caller, base, patches, now }: SyncRequest): Promise<Taken> {
  const { license, jti } = caller.key;
  if (!(await findDataKeys(license))) throw invalidKey();
  const actor = { kind: "product" as const, id: jti, address: caller.address ?? undefined };
  const { source } = caller;
  const changer = { source, actor, now, caller, base };
  return changeShared({ license, patches, changer });
}

/** The base of a request. A base above the log that the patches found doesn't become valid through those patches. */
function baseIn({ base }: SyncRequest, taken: Taken | null): Base {
  return base && taken && base.version > taken.version ? null : base;
}

/** Reads by the likely plan in one statement; if the log doesn't allow that plan, it reads once more. */
async function readPlanned(request: SyncRequest, taken: Taken | null): Promise<Planned> {
  const base = baseIn(request, taken);
  const { after, now } = request;
  const likely = after ?? {
    mode: base && base.version > 0 ? ("delta" as const) : ("snapshot" as const),
    after: base?.version ?? 0,
    to: Number.MAX_SAFE_INTEGER,
  };
  const told = taken && { reportUse: taken.answers.some(({ row, patch }) => row && patch.lastUsed) };
  const call = (from: number, to: number): PageCall => {
    const { caller } = request;
    return { caller, sent: request.base?.version ?? 0, from, to, now, taken: told };
  };
  const first = call(likely.after, likely.to);
  const isNews = likely.mode === "delta" && !after;
  const row = withLogHead(await (isNews ? readNews(first) : readPage(statementFor(likely.mode), first)));
  if (!taken) admit(row);
  await refuseBehind(row.license, base, row.roster);
  const log = withHorizon(await scopedLog(row), row.rows ?? [], now);
  const plan = syncPlan(log, base, after);
  if (plan.mode === likely.mode && plan.from === likely.after) return { row, log, plan };
  const again = withLogHead(await readPage(statementFor(plan.mode), call(plan.from, plan.to)));
  return { row: { ...again, roster: row.roster, evidence: row.evidence, moved: row.moved }, log, plan };
}

function statementFor(mode: SyncPlan["mode"]) {
  return mode === "delta" ? READ_DELTA : READ_SNAPSHOT;
}

/** The log head with its epoch as this product sees it. */
async function scopedLog({ license, definition_id, roster, scope }: Read): Promise<LogHead> {
  const definition = await currentDefinition(license, definition_id);
  const { version, horizon, epoch } = roster;
  return { version, horizon, epoch: `${epoch}${epochScope(definition, scope)}` };
}

function withLogHead(row: SyncRow | undefined): Read {
  if (row && !row.on_timeline) throw new StoreWentBack({ by: "timeline" });
  if (!row || !hasLogHead(row)) throw invalidKey();
  return row;
}

function hasLogHead(row: SyncRow): row is Read {
  return row.roster !== null;
}

function wirePatch(
  row: Assignment,
  license: string,
  names: Map<string, { name: string }>,
  limits: ExcessLimits,
): WirePatch {
  const { instance, version, allotment, subject, aliases, created, deleted, addedAt } = row;
  return {
    instance,
    version,
    license,
    allotment: names.get(allotment)?.name ?? allotment,
    subject,
    ...(aliases ? { aliases } : {}),
    created: created.toISOString(),
    ...(deleted ? { deleted: deleted.toISOString() } : {}),
    ...(!deleted && isExcess(addedAt, limits.get(allotment) ?? null) ? { excess: true } : {}),
    ...(deleted || addedAt === version ? {} : { rank: addedAt }),
    rejection: "",
  };
}

/** A rejected patch is returned as it was sent; a patch of an unknown instance too, with `deleted`. */
function wireResult(
  { patch, row, rejection }: PatchResult,
  onWire: (row: Assignment) => WirePatch,
  now: Date,
): WirePatch {
  if (row) return onWire(row);
  const echo = patchEcho(patch);
  if (rejection) return { ...echo, rejection };
  return { ...echo, deleted: echo.deleted ?? now.toISOString(), rejection: "" };
}
