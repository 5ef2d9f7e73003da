import { type ContactDay, contactDays, NEVER_CALLED } from "@/domain/contact-days";
import { FORGET_DAYS, forgettableFrom } from "@/domain/deployment-pulse";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { type Evidence, type Noted, type SuspicionCode, suspicionText } from "@/domain/suspicions";
import { changedMeanwhile } from "@/domain/undo";
import type { Deployment as DeploymentRow } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { withdrawDualUseOf } from "@/server/dual-use/dual-use-requests";
import { type Expected, isExpected, tagOf } from "@/server/store/entity-tag";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";

/** One installed product site, as its own calls describe it. */
export type Deployment = {
  source: string;
  name: string | null;
  jti: string;
  product: string | null;
  version: string | null;
  os: string | null;
  address: string | null;
  cause: string | null;
  firstSeen: Date;
  /** Its last call; null for a deployment that never called, whose logs were uploaded. */
  lastSeen: Date | null;
  lastReport: Date | null;
  lastSync: Date | null;
  /** When the last log of a deployment without a network was uploaded. */
  lastUpload: Date | null;
  /** The version up to which it has followed the assignment log. */
  base: number | null;
  /** How many seconds its clock is ahead of ours. */
  clockSkew: number | null;
  /** Whether it ever reported when a seat was last used. */
  reportsUse: boolean;
  /** The features that it announced last, as in the header `Signet-Features`. */
  features: string[];
  /** The codes of suspicions that weren't cleared. */
  suspicions: SuspicionCode[];
  /** The facts of the suspicions in words, newest first. */
  evidence: { code: SuspicionCode; sentence: string; first: Date; last: Date }[];
};

/** The tag of a deployment's editable fields. */
export function deploymentTag({ source, name }: Pick<Deployment, "source" | "name">): string {
  return tagOf([source, name]);
}

/** The caller's state: the name, or the tag of the deployment. */
type Known = { still?: string; expected?: Expected };

/**
 * Names a deployment; an empty name removes it. Throws if the name has changed since the caller saw it:
 * `CHANGED_MEANWHILE` for a name, `VERSION_MISMATCH` for a tag.
 */
export async function renameDeployment(
  license: string,
  source: string,
  name: string,
  actor: Actor,
  now: Date,
  { still, expected = null }: Known = {},
): Promise<Deployment> {
  return onDeployment(license, source, async ({ tx, where, before }) => {
    if (still !== undefined && still !== (before.name ?? "")) throw changedMeanwhile();
    if (!isExpected(expected, deploymentTag(before))) throw otherName(before);
    const after = name === "" ? null : name;
    if (after === before.name) return deploymentOf(before);
    const details = { before: before.name, after };
    await recordEvents(tx, license, actor, now, [{ action: "deployment.renamed", object: source, details }]);
    return deploymentOf(await tx.deployment.update({ where, data: { name: after } }));
  });
}

/**
 * Removes a deployment from the list if it hasn't called or had a log uploaded for 30 days (otherwise
 * `DEPLOYMENT_ALIVE`). Its usage stays counted and its seats stay assigned; dual use that was accepted for it is
 * withdrawn. If it calls again it is a new deployment.
 */
export async function forgetDeployment(
  license: string,
  source: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  await onDeployment(license, source, async ({ tx, where, before }) => {
    if (now < forgettableFrom(before.lastSeen, before.lastUpload)) throw alive();
    const details = { name: before.name, lastSeen: before.lastSeen.toISOString() };
    const withdrawn = await withdrawDualUseOf(tx, license, source, actor, now);
    const forgotten = { action: "deployment.forgotten" as const, object: source, details };
    await recordEvents(tx, license, actor, now, [forgotten, ...withdrawn]);
    await tx.deployment.delete({ where });
  });
}

/** A deployment under the lock of its license, and the condition that finds it. */
type LockedDeployment = {
  tx: Tx;
  where: { license_source: { license: string; source: string } };
  before: DeploymentRow;
};

/** Changes one deployment under the lock of its license, in a transaction. */
export function onDeployment<T>(
  license: string,
  source: string,
  change: (locked: LockedDeployment) => Promise<T>,
): Promise<T> {
  return store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const where = { license_source: { license, source } };
    const before = await tx.deployment.findUnique({ where });
    if (!before) throw nothingHere();
    return change({ tx, where, before });
  });
}

/** One deployment of a license. */
export async function deploymentBySource(license: string, source: string): Promise<Deployment> {
  const row = await store().db.deployment.findUnique({ where: { license_source: { license, source } } });
  if (!row) throw nothingHere();
  return deploymentOf(row);
}

/** One deployment of a license, with the days of its calls; null if it never called, or was forgotten. */
export async function findDeployment(
  license: string,
  source: string,
  now: Date,
): Promise<(Deployment & { contacts: ContactDay[] }) | null> {
  const row = await store().db.deployment.findUnique({ where: { license_source: { license, source } } });
  return row && { ...deploymentOf(row), contacts: contactDays(row.contacts, row.lastSeen, now) };
}

function otherName(deployment: Pick<Deployment, "source" | "name">): Refusal {
  const now = deployment.name === null ? "has no name" : `is named ${deployment.name}`;
  return new Refusal(
    "VERSION_MISMATCH",
    `This deployment ${now} by now. Read it, and name it again if you still want to.`,
    { etag: deploymentTag(deployment) },
  );
}

function alive(): Refusal {
  return new Refusal(
    "DEPLOYMENT_ALIVE",
    `The deployment was not forgotten. It called, or had a log uploaded, within the last ${FORGET_DAYS} days and would come back.`,
  );
}

export function deploymentOf({
  license: _,
  trail,
  contacts,
  lastSeen,
  base,
  evidence,
  ...facts
}: DeploymentRow): Deployment {
  const noted = Object.values(evidence as Evidence); // Only `noteSuspicions` writes this column.
  const suspicions = noted.map(({ code }) => code).toSorted();
  return {
    ...facts,
    reportsUse: facts.reportsUse === true,
    lastSeen: contacts === NEVER_CALLED ? null : lastSeen,
    base: base === null ? null : Number(base),
    suspicions,
    evidence: inWords(noted),
  };
}

function inWords(noted: Noted[]): Deployment["evidence"] {
  const latestFirst = noted.toSorted((one, other) => other.last.localeCompare(one.last));
  return latestFirst.map((suspicion) => ({
    code: suspicion.code,
    sentence: suspicionText(suspicion),
    first: new Date(suspicion.first),
    last: new Date(suspicion.last),
  }));
}
