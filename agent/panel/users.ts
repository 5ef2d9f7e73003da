import type { LocalSeat } from "@/agent/local-assignments";
import type { Status } from "@/agent/status";
import { at, make, makeButton, makeRow, redraw } from "./dom";
import { countText, numberText, timeText } from "./text";

/** At most this many rows are drawn; the search finds the others. */
const MOST_ROWS = 200;
const MOST_REJECTIONS = 10;

export const SEAT_LABELS: Record<LocalSeat["state"], string> = {
  assigned: "Assigned",
  excess: "Excess: no access",
  pending: "Pending: not confirmed yet",
};

/** Draws the users whose name contains the search text. */
export function drawUsers(seats: readonly LocalSeat[], release: (seat: LocalSeat) => void): void {
  const text = at<HTMLInputElement>("find").value.trim().toLowerCase();
  const found = seats.filter(({ subject }) => subject.toLowerCase().includes(text));
  at("count").textContent =
    found.length > MOST_ROWS
      ? `First ${MOST_ROWS} of ${numberText(found.length)}`
      : countText(found.length, "assignment");
  redraw(
    at("seats"),
    found.slice(0, MOST_ROWS).map((seat) => userRow(seat, release)),
  );
}

function userRow(seat: LocalSeat, release: (seat: LocalSeat) => void): HTMLTableRowElement {
  const { subject, allotment, state } = seat;
  const label = `Release ${subject} from ${allotment}`;
  const cell = make("td", undefined, "number");
  cell.append(makeButton("Release", label, JSON.stringify([subject, allotment]), () => release(seat)));
  return makeRow(make("td", subject), make("td", allotment), make("td", SEAT_LABELS[state]), cell);
}

export function drawRejections(rejections: Status["rejections"]): void {
  at("rejections-title").hidden = rejections.length === 0;
  at("rejections").replaceChildren(
    ...rejections
      .slice(0, MOST_REJECTIONS)
      .map(({ subject, allotment, reason, at: when }) =>
        make("li", `${subject}, ${allotment}: ${reason} (${timeText(when)})`),
      ),
  );
}
