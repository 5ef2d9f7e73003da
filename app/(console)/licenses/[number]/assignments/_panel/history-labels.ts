import { whyExcess } from "@/domain/assignments/seat-sentences";
import type { SeatEvent, SeatHistory } from "@/server/assignments/lists/seat-history";
import { deploymentNames } from "@/server/deployments/deployment-names";

/** The history of a seat as it is sent to the browser. */
export type SeatStory = {
  instance: string;
  subject: string | null;
  allotment: string;
  /** Why the seat is denied access; null if it isn't. */
  excess: string | null;
  /** Seats that probably belong to the same person under another spelling. */
  others: SeatHistory["others"];
  /** Other names that are declared this user; null for one that was erased with its last seat. */
  aliases: SeatHistory["aliases"];
  events: { version: number; what: string; who: string; at: string }[];
};

export async function historyLabel(number: string, history: SeatHistory): Promise<SeatStory> {
  const names = await deploymentNames(number, [...new Set(history.events.map(({ source }) => source))]);
  const { instance, subject, allotment, place, others, aliases } = history;
  const excess = place && whyExcess(allotment, place.rank, place.units);
  const events = history.events.map((event) => ({
    version: event.version,
    what: eventText(event),
    who: eventWho(event, names.get(event.source)),
    at: event.at.toISOString(),
  }));
  return { instance, subject, allotment, excess, others, aliases, events };
}

/** What a change did to a seat. */
export function eventText({ kind, allotment, auto, reverses }: SeatEvent): string {
  if (kind === "added") {
    if (reverses) return `Restored to ${allotment}, undoing version ${reverses}`;
    return auto ? `Assigned ${allotment} automatically` : `Assigned ${allotment}`;
  }
  if (kind === "named") return `Linked a ${allotment} seat to this user`;
  return reverses ? `Released from ${allotment}, undoing version ${reverses}` : `Released from ${allotment}`;
}

/** Who made a change; `name` is that of the deployment. */
export function eventWho({ by, source }: SeatEvent, name: string | undefined): string {
  return by === "the product" ? `requested by ${name ?? source}` : by;
}
