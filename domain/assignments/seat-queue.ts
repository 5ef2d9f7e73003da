/** A wish for a seat of an allotment; `from` is the allotment whose seat is given up for it. */
export type SeatWish = { to: string; from?: string };
/** A wish and its position among all wishes. */
export type PlacedWish = SeatWish & { at: number };

export type SeatQueue = {
  /**
   * Serves wishes in order of arrival. Returns the wishes that this one serves: itself if a seat is free, and those
   * that waited for the seats that it frees.
   */
  ask(wish: PlacedWish): PlacedWish[];
  /**
   * Call this after the last wish: returns the rings of wishes that wait for each other's seats. Serving a ring at
   * once changes no count. A wish that is still left can't be served, alone or with others.
   */
  rings(): PlacedWish[][];
};

type Room = { units: number; live: number };
/** Wishes for the same move; the first comes last, where removing it is cheap. */
type Link = { from: string; to: string; waiting: PlacedWish[] };

/**
 * Serves wishes by their end state: never more seats than units, and wishes that fit as a whole are all served in any
 * order. A file's wishes are planned with this, and decided with it again under the lock once they are sent.
 */
export function seatQueue(rooms: ReadonlyMap<string, Room>): SeatQueue {
  const free = new Map([...rooms].map(([name, { units, live }]) => [name, units - live]));
  const waiting = new Map<string, Line>();
  const freeOf = (name: string) => free.get(name) ?? 0;
  const move = (name: string, by: number) => free.set(name, freeOf(name) + by);

  function ask(wish: PlacedWish): PlacedWish[] {
    if (freeOf(wish.to) <= 0) {
      lineOf(waiting, wish.to).push(wish);
      return [];
    }
    const served: PlacedWish[] = [];
    let next: PlacedWish | undefined = wish;
    while (next) {
      served.push(next);
      move(next.to, -1);
      next = next.from === undefined ? undefined : nextFor(next.from);
    }
    return served;
  }

  /** A seat becomes free in this allotment. */
  function nextFor(name: string): PlacedWish | undefined {
    move(name, 1);
    return freeOf(name) > 0 ? waiting.get(name)?.shift() : undefined;
  }

  function rings(): PlacedWish[][] {
    const links = linksOf(waiting, (name) => freeOf(name) === 0);
    const inOrder = [...links.values()].flatMap((link) => link.waiting.map((wish) => ({ wish, link })));
    const served = new Set<PlacedWish>();
    return inOrder
      .toSorted((a, b) => a.wish.at - b.wish.at)
      .flatMap(({ wish, link }) => {
        const back = served.has(wish) ? null : pathBack(links, link);
        if (!back) return [];
        const ring = [link, ...back].flatMap(({ waiting: line }) => line.pop() ?? []);
        for (const one of ring) served.add(one);
        return [ring];
      });
  }

  return { ask, rings };
}

type Line = { push(one: PlacedWish): void; shift(): PlacedWish | undefined; left(): PlacedWish[] };

/** A queue: first in, first out, at the same cost however many wait. */
function lineOf(lines: Map<string, Line>, name: string): Line {
  const known = lines.get(name);
  if (known) return known;
  const all: PlacedWish[] = [];
  let next = 0;
  const line = {
    push: (one: PlacedWish) => void all.push(one),
    shift: () => (next < all.length ? all[next++] : undefined),
    left: () => all.slice(next),
  };
  lines.set(name, line);
  return line;
}

/** Wishes that move between two allotments that are exactly full. */
function linksOf(lines: Map<string, Line>, isFull: (name: string) => boolean): Map<string, Link> {
  const links = new Map<string, Link>();
  for (const line of lines.values())
    for (const wish of line.left().reverse()) {
      const { from, to } = wish;
      if (from === undefined || !isFull(to) || !isFull(from)) continue;
      const key = JSON.stringify([from, to]);
      const link = links.get(key) ?? { from, to, waiting: [] };
      link.waiting.push(wish);
      links.set(key, link);
    }
  return links;
}

/** The shortest path, over other waiting wishes, from the end of a link back to its start. */
function pathBack(links: ReadonlyMap<string, Link>, { from, to }: Link): Link[] | null {
  const ways = new Map<string, Link[]>([[to, []]]);
  for (const [name, way] of ways) {
    if (name === from) return way;
    for (const link of links.values())
      if (link.from === name && link.waiting.length > 0 && !ways.has(link.to))
        ways.set(link.to, [...way, link]);
  }
  return null;
}
