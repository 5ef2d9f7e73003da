import { store } from "@/server/store/store";

/** The audit's actions on an object, in the order in which they happened. */
export async function recordedActions(object: string): Promise<string[]> {
  const events = await store().db.auditEvent.findMany({ where: { object }, orderBy: { sequence: "asc" } });
  return events.map(({ action }) => action);
}
