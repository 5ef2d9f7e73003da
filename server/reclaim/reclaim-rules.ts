import { allotmentNamed, nameKey } from "@/domain/licenses/definition";
import { NO_RULE, type ReclaimRule } from "@/domain/reclaim/reclaim-rule";
import { isRunInterval, nextSlot } from "@/domain/reclaim/run-schedule";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { ReclaimRule as Row } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { currentDefinition } from "@/server/licenses/definitions";
import { type Page, type Slice, sortedPage } from "@/server/store/cursor";
import { type Expected, isExpected, tagOf } from "@/server/store/entity-tag";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { cancelOpenRuns } from "./cancelling";

/** The rule of an allotment with seats; `next` is its next run, null while it is off. */
export type AllotmentRule = ReclaimRule & { allotment: string; next: Date | null };

/** The rules of a license, one for each allotment with seats; an allotment without a rule has one that is off. */
export async function reclaimRules(license: string, now: Date): Promise<AllotmentRule[]> {
  return rulesOf(license, await seatAllotments(license), now);
}

/** The same page by page, by the name of the allotment. */
export async function listReclaimRules(
  license: string,
  slice: Slice,
  now: Date,
): Promise<Page<AllotmentRule>> {
  const names = await seatAllotments(license);
  const byName = { sort: "name" as const, keys: { name: nameKey }, idOf: nameKey };
  const { items, cursor } = sortedPage(names, slice, ["reclaim-rules", license], byName);
  return { items: await rulesOf(license, items, now), cursor };
}

/** The rule of one allotment with seats. */
export async function reclaimRule(license: string, allotment: string, now: Date): Promise<AllotmentRule> {
  const name = await seatAllotment(license, allotment);
  const where = { license_allotment: { license, allotment: nameKey(name) } };
  return ruleIn(name, await store().db.reclaimRule.findUnique({ where }), now);
}

/** The tag of a rule: it changes with each of its settings. */
export function ruleTag({ next: _, ...rule }: AllotmentRule): string {
  return tagOf(rule);
}

/**
 * Saves the rule of an allotment; `expected` is the tag that the caller saw (`VERSION_MISMATCH`). A rule that is turned
 * off cancels the releases that it announced.
 */
export async function saveReclaimRule(
  license: string,
  allotment: string,
  rule: ReclaimRule,
  expected: Expected,
  actor: Actor,
  now: Date,
): Promise<AllotmentRule> {
  const name = await seatAllotment(license, allotment);
  const place = { license, allotment: nameKey(name) };
  return store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const row = await tx.reclaimRule.findUnique({ where: { license_allotment: place } });
    const before = ruleIn(name, row, now);
    if (!isExpected(expected, ruleTag(before))) throw otherRule(before);
    const [was, is] = [detailsOf(before), detailsOf(rule)];
    if (row && JSON.stringify(was) === JSON.stringify(is)) return before;
    const details = { allotment: name, before: was, after: is };
    await recordEvents(tx, license, actor, now, [{ action: "reclaim.rule-changed", object: name, details }]);
    if (!rule.isOn) await cancelOpenRuns(tx, place, actor, now);
    return ruleIn(name, await write(tx, place, rule, row, actor, now), now);
  });
}

/** The rows of rules that are on, of licenses that aren't copies. */
export function rulesThatAreOn(): Promise<Row[]> {
  return store().db.$queryRaw<Row[]>`
    SELECT r.license, r.allotment, r.is_on AS "isOn", r.idle_days AS "idleDays", r.grace_days AS "graceDays",
      r.notice_days AS "noticeDays", r.most, r.every, r.since, r.saved_at AS "savedAt", r.saved_kind AS "savedKind",
      r.saved_by AS "savedBy"
    FROM reclaim_rule r JOIN license l ON l.number = r.license
    WHERE r.is_on AND l.copy_of IS NULL ORDER BY r.license, r.allotment`;
}

/** The settings of a stored rule. */
export function settingsIn(row: Row): ReclaimRule {
  const { isOn, idleDays, graceDays, noticeDays, most, every } = row;
  const interval = isRunInterval(every) ? every : NO_RULE.every;
  return { isOn, idleDays, graceDays, noticeDays, most, every: interval };
}

async function write(
  tx: Tx,
  place: { license: string; allotment: string },
  rule: ReclaimRule,
  before: Row | null,
  { kind: savedKind, id: savedBy }: Actor,
  now: Date,
): Promise<Row> {
  // Another schedule must not find a run that it missed before.
  const isSame = before?.isOn && before.every === rule.every;
  const data = { ...detailsOf(rule), since: isSame ? before.since : now, savedAt: now, savedKind, savedBy };
  return tx.reclaimRule.upsert({
    where: { license_allotment: place },
    create: { ...place, ...data },
    update: data,
  });
}

async function rulesOf(license: string, names: readonly string[], now: Date): Promise<AllotmentRule[]> {
  const where = { license, allotment: { in: names.map(nameKey) } };
  const rows = await store().db.reclaimRule.findMany({ where });
  const byKey = new Map(rows.map((row) => [row.allotment, row]));
  return names.map((name) => ruleIn(name, byKey.get(nameKey(name)), now));
}

function ruleIn(allotment: string, row: Row | null | undefined, now: Date): AllotmentRule {
  const rule = row ? settingsIn(row) : NO_RULE;
  return { allotment, ...rule, next: rule.isOn ? nextSlot(rule.every, now) : null };
}

function detailsOf({ isOn, idleDays, graceDays, noticeDays, most, every }: ReclaimRule): ReclaimRule {
  return { isOn, idleDays, graceDays, noticeDays, most, every };
}

async function seatAllotments(license: string): Promise<string[]> {
  const { allotments } = await definitionOf(license);
  return allotments.flatMap(({ name, usage }) => (usage.class === "assigned" ? [name] : []));
}

/** The name of an allotment as the definition has it; throws `NOT_FOUND`, or `NOT_ASSIGNABLE` if it counts minutes. */
async function seatAllotment(license: string, allotment: string): Promise<string> {
  const found = allotmentNamed(await definitionOf(license), nameKey(allotment));
  if (!found) throw nothingHere();
  if (found.usage.class !== "assigned")
    throw new Refusal("NOT_ASSIGNABLE", refusalSentence("NOT_ASSIGNABLE"));
  return found.name;
}

async function definitionOf(license: string) {
  const where = { number: license };
  const row = await store().db.license.findUnique({ where, select: { definitionId: true } });
  if (!row) throw nothingHere();
  return currentDefinition(license, row.definitionId);
}

function otherRule(rule: AllotmentRule): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    "The rule was changed in the meantime. Read it again, then repeat your change.",
    { etag: ruleTag(rule) },
  );
}
