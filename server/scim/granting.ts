import type { Patch, PatchResult, PatchResults } from "@/domain/assignments/assignment";
import type { EffectKind } from "@/domain/scim/effect-kind";
import { subjectOf } from "@/domain/scim/scim-connection";
import { ADMIN_SOURCE, assignPatch, releasePatch } from "@/server/assignments/changes/seat-patches";
import { changeAssignments, previewChanges } from "@/server/assignments/log/assignment-changes";
import type { Query } from "@/server/assignments/log/changer";
import type { DataKeys } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { lockConnectionIn } from "./connection";
import { type Effect, writeEffects } from "./effects";
import { type GrantRow, type GrantState, readGrants, saveGrants } from "./grant-rows";
import type { ScimActing } from "./scim-acting";
import { decryptResource } from "./scim-keys";

/** More seats than this aren't changed in one transaction. */
const MOST = 1000;
/** The report foresees as many seats of a license. */
const MOST_REPORTED = 20_000;

/** What one grant asks for: a patch, or without one the state that it gets at once. */
type Step = { row: GrantRow; subject: string | null; patch: Patch | null; state: GrantState | "gone" };

/** Gives and releases the seats that are noted in one license, in the order in which members joined. */
export async function settleGrants(acting: ScimActing, keys: DataKeys, license: string): Promise<void> {
  if (acting.connection.report) return reportGrants(acting, keys, license);
  await applyGrants(acting, keys, license);
  if ((await retryRefused(acting, keys, license)) > 0) await applyGrants(acting, keys, license);
}

async function applyGrants(acting: ScimActing, keys: DataKeys, license: string): Promise<void> {
  const { connection, actor, now } = acting;
  for (let count = MOST; count === MOST; ) {
    let steps: Step[] = [];
    await changeAssignments(license, [], {
      ...{ source: ADMIN_SOURCE, actor, now },
      patchesIn: async (tx) => {
        await lockConnectionIn(tx, connection.id);
        const rows = await readGrants(tx, connection.id, license, ["leaving", "waiting"], MOST);
        steps = stepsOf(acting, keys, rows);
        return steps.flatMap(({ patch }) => patch ?? []);
      },
      alongside: (tx, outcome) => saveSteps(tx, acting, keys, steps, outcome),
    });
    count = steps.length;
  }
}

/** Refused grants wait again if their seats would be given now: a refusal is recorded once, not at every attempt. */
async function retryRefused(acting: ScimActing, keys: DataKeys, license: string): Promise<number> {
  const { sql } = store();
  const rows = await readGrants(sql, acting.connection.id, license, ["refused"], MOST);
  const steps = stepsOf(acting, keys, rows).filter(({ patch }) => patch);
  const { answers } = await preview(acting, license, steps);
  const free = steps.filter((_, at) => answers[at]?.rejection === "");
  await saveGrants(
    sql,
    free.map(({ row }) => ({ ...row, state: "waiting", code: null })),
  );
  return free.length;
}

/** The report of what would be given and released. What it told before is foreseen too, since it would take units. */
async function reportGrants(acting: ScimActing, keys: DataKeys, license: string): Promise<void> {
  const rows = await readGrants(
    store().sql,
    acting.connection.id,
    license,
    ["leaving", "waiting"],
    MOST_REPORTED,
  );
  const steps = stepsOf(acting, keys, rows);
  const asked = steps.filter(({ patch }) => patch);
  const { answers } = await preview(acting, license, asked);
  const results = new Map(asked.map((step, at) => [step, answers[at]]));
  const fresh = steps.filter(({ row }) => !row.isReported);
  const effects = fresh.flatMap((step) => effectOf(step, results.get(step), false) ?? []);
  await store().sql.transaction(async (tx) => {
    await saveGrants(tx, fresh.map(reportedRow));
    await writeEffects(tx, keys, acting, effects);
  });
}

/** Whoever left and has no seat to release is forgotten; everything else stays to be done once report mode ends. */
function reportedRow({ row, state }: Step) {
  return { ...row, isReported: true, state: state === "gone" && !row.instance ? state : row.state };
}

async function preview(
  { actor, now }: ScimActing,
  license: string,
  steps: readonly Step[],
): Promise<PatchResults> {
  const patches = steps.flatMap(({ patch }) => patch ?? []);
  if (patches.length === 0) return { version: 0, answers: [], changes: [], rejected: [] };
  return previewChanges(license, { source: ADMIN_SOURCE, actor, now, patchesIn: async () => patches });
}

function stepsOf(acting: ScimActing, keys: DataKeys, rows: readonly GrantRow[]): Step[] {
  return rows.map((row) =>
    row.state === "leaving" ? leavingStep(acting, row) : joiningStep(acting, keys, row),
  );
}

/** Only a seat that the mapping gave is released, and not if another mapping of the same user wants it. */
function leavingStep({ now }: ScimActing, row: GrantRow): Step {
  const { license, instance, heir } = row;
  const patch = instance && !heir ? releasePatch({ license, now }, { instance }) : null;
  return { row, subject: null, patch, state: "gone" };
}

function joiningStep({ connection, now }: ScimActing, keys: DataKeys, row: GrantRow): Step {
  const { license, allotment, user, isActive } = row;
  const content = decryptResource(keys, "user", user, Buffer.from(row.content, "base64"));
  const subject = subjectOf(content, connection.subject);
  const state = isActive ? "refused" : "ended";
  const patch = isActive && subject ? assignPatch({ license, now }, { allotment, subject }) : null;
  return { row, subject, patch, state };
}

/** Saves the results of the steps in the transaction that changes the seats. */
async function saveSteps(
  tx: Query,
  acting: ScimActing,
  keys: DataKeys,
  steps: readonly Step[],
  { answers, changes }: PatchResults,
): Promise<void> {
  const asked = steps.filter(({ patch }) => patch);
  const results = new Map(asked.map((step, at) => [step, answers[at]]));
  const added = new Set(changes.flatMap(({ kind, row }) => (kind === "add" ? [row.instance] : [])));
  const released = new Map(
    changes.flatMap(({ kind, row, subject }) => (kind === "delete" ? [[row.instance, subject]] : [])),
  );
  const rows = steps.map((step) => settledRow(step, results.get(step), added));
  await saveGrants(tx, rows);
  const effects = steps.flatMap((step, at): Effect[] => {
    const { instance } = step.row;
    if (step.state === "gone" && !(instance && released.has(instance))) return [];
    if (rows[at]?.state === "held") return [];
    const named = { ...step, subject: step.subject ?? (instance && released.get(instance)) ?? null };
    const effect = effectOf(named, results.get(step), true);
    return effect ? [effect] : [];
  });
  await writeEffects(tx, keys, acting, effects);
}

function settledRow(step: Step, result: PatchResult | undefined, added: ReadonlySet<string>) {
  const { row, state, subject } = step;
  if (state === "gone") return { ...row, state };
  if (!result) return { ...row, state, code: subject === null ? "NO_SUBJECT" : null };
  if (result.rejection) return { ...row, state: "refused" as const, code: result.rejection };
  const instance = result.row?.instance ?? null;
  const isGiven = instance !== null && added.has(instance);
  return {
    ...row,
    state: isGiven ? ("given" as const) : ("held" as const),
    instance: isGiven ? instance : null,
    code: null,
  };
}

function effectOf(
  { row, subject, state }: Step,
  result: PatchResult | undefined,
  isDone: boolean,
): Effect | null {
  const { user, license, allotment } = row;
  const place = { user, subject, license, allotment };
  if (state === "gone") return row.instance && !row.heir ? { ...place, kind: "released", isDone } : null;
  if (state === "ended") return null;
  const code = subject === null ? "NO_SUBJECT" : result?.rejection || null;
  if (!code && result?.row && result.row.created.getTime() !== Date.parse(result.patch.created)) return null;
  const kind: EffectKind = subject === null ? "no-subject" : code ? "refused" : "assigned";
  return { ...place, kind, isDone: isDone && !code, code };
}
