import { createHash, randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Assignment } from "@/prisma/client/client";
import { admit, provenKey } from "../../../../caller";
import { PATIENT, store, type Tx } from "../../../../store";

type Patch = { instance: string; allotment: string; subject: string; created: string; deleted?: string };
type Body = { source: string; bases: { license: string; version: number }[]; patches: Patch[] };

export async function POST(request: Request) {
  const key = await provenKey(request);
  const { license } = key;
  const { source, bases, patches }: Body = await request.json();
  const now = new Date();
  const reply = await store().$transaction(async (tx) => {
    await admit(tx, key, source, { lastSync: now });
    for (const patch of patches) await apply(tx, license, source, patch, now);
    const roster = await tx.roster.findUniqueOrThrow({ where: { license } });
    const rows = await tx.assignment.findMany({
      where: { license, version: { gt: bases[0]?.version ?? 0 } },
      orderBy: { version: "asc" },
      take: 5000,
    });
    return {
      bases: [{ license, version: Number(roster.version), epoch: roster.epoch }],
      patches: rows.map(onWire),
    };
  }, PATIENT);
  return Response.json(reply);
}

async function apply(tx: Tx, license: string, source: string, patch: Patch, now: Date): Promise<void> {
  // The next version, and with it the lock of the license.
  const { version } = await tx.roster.update({
    where: { license },
    data: { version: { increment: 1 }, auditSequence: { increment: 1 } },
  });
  const instance = patch.deleted ? BigInt(patch.instance) : randomBytes(8).readBigUInt64BE() >> 1n;
  if (patch.deleted) await release(tx, license, instance, version, now);
  else await assign(tx, license, source, patch, instance, version);
  await tx.auditEvent.create({
    data: {
      id: uuidv7(),
      chain: license,
      sequence: version,
      at: now,
      actorKind: "product",
      actor: source,
      action: patch.deleted ? "assignment.released" : "assignment.added",
      object: String(instance),
      details: {},
      hash: new Uint8Array(32),
    },
  });
}

async function assign(
  tx: Tx,
  license: string,
  source: string,
  { allotment, subject, created }: Patch,
  instance: bigint,
  version: bigint,
): Promise<void> {
  const subjectIndex = new Uint8Array(createHash("sha256").update(subject.toLowerCase()).digest());
  const taken = await tx.assignment.findFirst({ where: { license, allotment, subjectIndex, deleted: null } });
  if (taken) return;
  const { content } = await tx.definition.findFirstOrThrow({ where: { licenseNumber: license } });
  await tx.allotment.update({
    where: { licenseNumber_key: { licenseNumber: license, key: allotment }, live: { lt: unitsOf(content) } },
    data: { live: { increment: 1 } },
  });
  const what = { subjectIndex, subject: Buffer.from(subject), created: new Date(created), source };
  await tx.assignment.create({
    data: { license, instance, allotment, version, addedVersion: version, ...what },
  });
}

function unitsOf(content: unknown): number {
  // The store has definitions as the console wrote them; seats are the first allotment here.
  const { allotments } = content as { allotments: { units: { count: number }[] }[] };
  return allotments[0]?.units[0]?.count ?? 0;
}

async function release(
  tx: Tx,
  license: string,
  instance: bigint,
  version: bigint,
  deleted: Date,
): Promise<void> {
  const { allotment } = await tx.assignment.update({
    where: { license_instance: { license, instance } },
    data: { version, deleted, subject: null },
  });
  await tx.allotment.update({
    where: { licenseNumber_key: { licenseNumber: license, key: allotment } },
    data: { live: { decrement: 1 } },
  });
}

function onWire({ instance, version, license, allotment, subject, created, deleted }: Assignment) {
  return {
    instance: String(instance),
    version: Number(version),
    license,
    allotment,
    subject: subject ? Buffer.from(subject).toString() : "",
    created,
    ...(deleted ? { deleted } : {}),
    rejection: "",
  };
}
