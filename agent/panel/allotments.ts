import type { Status } from "@/agent/status";
import { at, make, makeRow } from "./dom";
import { numberText, timeText } from "./text";

/** Draws seats and minutes, and offers the allotments of seats to assign. */
export function drawAllotments({ seats, time, offline }: Status): void {
  const minutes = time.map((each) => timeRow(each, offline !== null));
  at("allotments").replaceChildren(...seats.map(seatRow), ...minutes);
  offer(seats.map(({ allotment }) => allotment));
}

function seatRow({ allotment, units, assigned }: Status["seats"][number]): HTMLTableRowElement {
  const over = assigned - units;
  const note = over > 0 ? `${numberText(over)} in excess` : over === 0 ? "No seats left" : "";
  return makeRow(
    make("td", allotment),
    make("td", numberText(assigned), "number"),
    make("td", `${numberText(units)} seats`, "number"),
    make("td", note),
  );
}

function timeRow(time: Status["time"][number], isOffline: boolean): HTMLTableRowElement {
  return makeRow(
    make("td", `${time.allotment}, ${time.month}`),
    make("td", numberText(time.total), "number"),
    make("td", entitledText(time), "number"),
    make("td", pendingText(time, isOffline)),
  );
}

function entitledText({ quota, overage }: Status["time"][number]): string {
  const minutes = `${numberText(quota)} minutes`;
  if (overage === "YES") return `${minutes}, no cap`;
  return overage ? `${minutes} + ${numberText(overage)}` : minutes;
}

function pendingText(
  { used, unreported, denied, budget }: Status["time"][number],
  isOffline: boolean,
): string {
  const notSent = unreported && !isOffline ? `, ${numberText(unreported)} not sent yet` : "";
  const until = budget?.until ? ` until ${timeText(budget.until)}` : "";
  const held = budget ? `, ${numberText(budget.held)} reserved${until}` : "";
  return `${numberText(used)} here${notSent}${held}${denied ? ", used up" : ""}`;
}

/** Leaves the select alone if nothing changed, so that it keeps the choice. */
function offer(allotments: string[]): void {
  const select = at<HTMLSelectElement>("allotment");
  if (allotments.join() === [...select.options].map(({ value }) => value).join()) return;
  select.replaceChildren(...allotments.map((name) => new Option(name, name)));
}
