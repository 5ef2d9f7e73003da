/**
 * The folded names of seats in one text, a line for each in the order of names, with the aliases of its user: a part of
 * a name is found in it without looking at each seat.
 */
export type NameText = { text: string; starts: Uint32Array };

type Named = { folded: string; foldedAliases?: readonly string[] };

/** `seats` are sorted by their folded names; no name contains a control character. */
export function nameText(seats: readonly Named[]): NameText {
  const starts = new Uint32Array(seats.length);
  const lines: string[] = [];
  let next = 0;
  for (const [at, seat] of seats.entries()) {
    const line = seat.foldedAliases ? [seat.folded, ...seat.foldedAliases].join("\0") : seat.folded;
    lines.push(line);
    starts[at] = next;
    next += line.length + 1;
  }
  return { text: lines.join("\n"), starts };
}

/** Calls back with the position of each seat whose name contains a part, which isn't empty, in their order. */
export function eachMatch({ text, starts }: NameText, part: string, found: (at: number) => void): void {
  let at = 0;
  for (let place = text.indexOf(part); place !== -1; ) {
    at = lineOf(starts, place, at);
    found(at);
    const next = starts[at + 1];
    if (next === undefined) return;
    place = text.indexOf(part, next);
  }
}

/** The line of a place, which is `from` or a later one: in steps that double, then by halves. */
function lineOf(starts: Uint32Array, place: number, from: number): number {
  let low = from;
  let step = 1;
  while (low + step < starts.length && (starts[low + step] ?? 0) <= place) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, starts.length);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  return low;
}
