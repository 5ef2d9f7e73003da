import { store } from "@/server/store/store";

/** The audit's actions on an object, in the order in which they happened. */
export async function recordedActions(object: string): Promise<string[]> {
  const events = await store().db.auditEvent.findMany({ where: { object }, orderBy: { sequence: "asc" } });
  return events.map(({ action }) => action);
}

/** Cuts the chain of a license behind an event, as somebody does who can write to the database. */
export async function cutChain(license: string, sequence: number): Promise<void> {
  const { db } = store();
  await db.auditEvent.deleteMany({ where: { chain: license, sequence: { gt: sequence } } });
  const end = await db.auditEvent.findFirstOrThrow({ where: { chain: license, sequence } });
  await db.roster.update({
    where: { license },
    data: { auditSequence: end.sequence, auditHead: end.hash },
  });
}
