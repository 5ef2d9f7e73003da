import { store } from "@/server/store/store";

/** What the audit tells of an object, in the order in which it happened. */
export async function recordedActions(object: string): Promise<string[]> {
  const events = await store().db.auditEvent.findMany({ where: { object }, orderBy: { sequence: "asc" } });
  return events.map(({ action }) => action);
}
