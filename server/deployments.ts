import { type Evidence, type Noted, type SuspicionCode, suspicionInWords } from "@/domain/suspicions";
import type { Deployment as DeploymentRow, Prisma } from "@/prisma/client/client";
import { type Actor, recordDeeds } from "./audit";
import { behind, decodeCursor, type Keyset, literal, type Page, pageOf, type Slice } from "./cursor";
import { nothingHere } from "./gate";
import { lockLicense } from "./locks";
import { store } from "./store";
import { changedMeanwhile } from "./undo-seal";

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
  lastSeen: Date;
  lastReport: Date | null;
  lastSync: Date | null;
  /** The position in the assignment log that it has followed. */
  base: number | null;
  /** Seconds that its clock is ahead of ours. */
  clockSkew: number | null;
  /** The codes of what is suspicious about it and was not cleared. */
  suspicions: string[];
  /** The facts of them in words, the latest first. */
  evidence: { code: SuspicionCode; sentence: string; first: Date; last: Date }[];
};

/** The deployments of a license, the one that was here last first; `query` is in their source or name. */
export async function listDeployments(
  license: string,
  { query = "", limit, cursor }: Slice & { query?: string },
): Promise<Page<Deployment>> {
  const filter = ["deployments", license, query];
  const rows = await store().db.deployment.findMany({
    where: { license, AND: [query ? matching(query) : {}, behind(decodeCursor(cursor, filter), LATEST)] },
    orderBy: [{ lastSeen: "desc" }, { source: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ lastSeen, source }) => ({
    key: lastSeen.toISOString(),
    id: source,
  }));
  return { items: page.items.map(deploymentOf), cursor: page.cursor };
}

/**
 * Gives a deployment a name that people know it by; an empty one takes it away. With `still` it is refused
 * (`CHANGED_MEANWHILE`) unless the deployment has that name now.
 */
export async function renameDeployment(
  license: string,
  source: string,
  name: string,
  actor: Actor,
  now: Date,
  still?: string,
): Promise<Deployment> {
  return store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const where = { license_source: { license, source } };
    const before = await tx.deployment.findUnique({ where });
    if (!before) throw nothingHere();
    if (still !== undefined && still !== (before.name ?? "")) throw changedMeanwhile();
    const after = name === "" ? null : name;
    if (after === before.name) return deploymentOf(before);
    const details = { before: before.name, after };
    await recordDeeds(tx, license, actor, now, [{ action: "deployment.renamed", object: source, details }]);
    return deploymentOf(await tx.deployment.update({ where, data: { name: after } }));
  });
}

const LATEST: Keyset<Prisma.DeploymentWhereInput> = {
  direction: "desc",
  onKey: (lastSeen) => ({ lastSeen }),
  onId: (source) => ({ source }),
};

function matching(query: string): Prisma.DeploymentWhereInput {
  const contains = { contains: literal(query.trim()), mode: "insensitive" } as const;
  return { OR: [{ source: contains }, { name: contains }] };
}

export function deploymentOf({ license: _, trail, base, evidence, ...facts }: DeploymentRow): Deployment {
  const noted = Object.values(evidence as Evidence); // Only `noteSuspicions` writes it.
  return { ...facts, base: base === null ? null : Number(base), evidence: inWords(noted) };
}

function inWords(noted: Noted[]): Deployment["evidence"] {
  const latestFirst = noted.toSorted((one, other) => other.last.localeCompare(one.last));
  return latestFirst.map((suspicion) => ({
    code: suspicion.code,
    sentence: suspicionInWords(suspicion),
    first: new Date(suspicion.first),
    last: new Date(suspicion.last),
  }));
}
