import { numberEvents } from "@/server/events/positions";
import { store } from "@/server/store/store";
import { NOW } from "./test-licenses";

/** The types of a license's events, in their order, with their data. Numbers what waits first. */
export async function eventsOf(license: string | null, now = NOW) {
  await numberEvents(now);
  const rows = await store().db.event.findMany({ where: { license }, orderBy: { position: "asc" } });
  return rows.map(({ type, data, time }) => ({ type, time, data: data as Record<string, unknown> }));
}
