import { type AlertRule, DEFAULT_RULES, ruleErrors } from "@/domain/alerts/alert-rules";
import { Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { type Expected, isExpected, tagOf } from "@/server/store/entity-tag";
import { store, type Tx } from "@/server/store/store";
import { lockScope } from "./scope-lock";

/** The rules in force for a license or the installation; not `own` if they are those of the level above. */
export type AlertRules = { rules: readonly AlertRule[]; own: boolean };

/** The rules of the installation, or the default ones. */
export async function installationRules(): Promise<AlertRules> {
  return (await rulesOf([])).installation;
}

/** The rules of a license: its own, or those of the installation. */
export async function licenseRules(number: string): Promise<AlertRules> {
  return (await rulesOf([number])).of(number);
}

/** The rules of many licenses, in one query. */
export async function rulesOf(
  numbers: readonly string[],
  tx: Pick<Tx, "alertRules"> = store().db,
): Promise<{ installation: AlertRules; of(number: string): AlertRules }> {
  const rows = await tx.alertRules.findMany({ where: { scope: { in: [INSTALLATION, ...numbers] } } });
  const saved = new Map(rows.map(({ scope, rules }) => [scope, rules as AlertRule[]]));
  const own = saved.get(INSTALLATION);
  const installation: AlertRules = { rules: own ?? DEFAULT_RULES, own: own !== undefined };
  const of = (number: string) => {
    const rules = saved.get(number);
    return rules ? { rules, own: true } : { rules: ofLicenses(installation.rules), own: false };
  };
  return { installation, of };
}

/** The tag of a set of rules: it changes with any of them. */
export function rulesTag(rules: AlertRules): string {
  return tagOf(rules);
}

/**
 * Saves the rules of the installation, or of a license as its own; null removes them, so that those of the level above
 * apply again. `expected` is the tag that the caller saw (`VERSION_MISMATCH`).
 */
export async function saveRules(
  scope: string,
  rules: readonly AlertRule[] | null,
  expected: Expected,
  actor: Actor,
  now: Date,
): Promise<void> {
  refuseWrong(rules ?? [], scope !== INSTALLATION);
  await store().db.$transaction(async (tx) => {
    await lockScope(tx, scope);
    const known = await rulesOf([scope], tx);
    const before = scope === INSTALLATION ? known.installation : known.of(scope);
    if (!isExpected(expected, rulesTag(before))) throw changed(rulesTag(before));
    const event: AuditEvent = {
      action: "alert.rules-changed",
      object: scope,
      details: { before: inWords(before), after: rules ? inWords({ rules, own: true }) : null },
    };
    await recordEvents(tx, scope, actor, now, [event]);
    await write(tx, scope, rules, actor, now);
  });
}

async function write(
  tx: Tx,
  scope: string,
  rules: readonly AlertRule[] | null,
  { kind, id }: Actor,
  now: Date,
) {
  const row = { rules: [...(rules ?? [])], savedAt: now, savedKind: kind, savedBy: id };
  if (rules) await tx.alertRules.upsert({ where: { scope }, create: { scope, ...row }, update: row });
  else await tx.alertRules.deleteMany({ where: { scope } });
  // Everything that follows these rules is evaluated again, and an evaluation that read the ones before doesn't count.
  await tx.alertWatch.updateMany({
    where: scope === INSTALLATION ? {} : { scope },
    data: { dueAt: now, version: { increment: 1 } },
  });
}

/** What a license can inherit: without the rules that only the installation has. */
function ofLicenses(rules: readonly AlertRule[]): AlertRule[] {
  return rules.filter((rule) => ruleErrors([rule], true).length === 0);
}

function refuseWrong(rules: readonly AlertRule[], ofLicense: boolean): void {
  const faults = ruleErrors(rules, ofLicense).map((fault) => ({
    ...fault,
    pointer: `/rules${fault.pointer}`,
  }));
  const [first] = faults;
  if (first) throw new Refusal("INVALID_BODY", first.title, { faults });
}

function changed(etag: string): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    "The rules were changed in the meantime. Read them again, then repeat your change.",
    { etag },
  );
}

function inWords({ rules, own }: AlertRules): string[] | null {
  if (!own) return null;
  return rules.map(({ when, value, allotment }) =>
    [when, value, allotment].filter((part) => part !== undefined).join(" "),
  );
}
