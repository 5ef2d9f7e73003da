import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { auditText, foldEvents } from "./audit-chain";
import {
  CHAIN_DAMAGE,
  type ChainDamage,
  emptyProof,
  endDamage,
  proveEvents,
  type StoredEvent,
} from "./audit-proof";

const mac = (text: string) => createHmac("sha256", "key").update(text).digest();
const NOTHING = new Uint8Array(32);

type Chain = { events: StoredEvent[]; end: { sequence: number; hash: Uint8Array } };

const allotments = ["analyzer", "professional"];
const writes = fc.array(
  fc.record({
    seats: fc.array(fc.constantFrom(...allotments), { minLength: 1, maxLength: 4 }),
    isSeat: fc.boolean(),
  }),
  { minLength: 2, maxLength: 8 },
);

/** The chain that some requests wrote: each either changes seats or something else. */
function chainOf(requests: { seats: string[]; isSeat: boolean }[]): Chain {
  const events: StoredEvent[] = [];
  let hash: Uint8Array = NOTHING;
  for (const [request, { seats, isSeat }] of requests.entries()) {
    const written = (isSeat ? seats : ["key"]).map((allotment, index) => ({
      ...{ chain: "1", sequence: events.length + index + 1, at: new Date(Date.UTC(2026, 7, 1 + request)) },
      ...{ actorKind: "user", actor: "ana", address: "192.0.2.1", requestId: `r${request}` },
      ...{
        action: isSeat ? "assignment.added" : "key.issued",
        object: `${request} ${index}`,
        details: { allotment },
      },
    }));
    for (const [index, standsFor] of foldEvents(written).entries()) {
      const entry = written[index];
      if (!entry) continue;
      hash = mac(auditText(entry, hash));
      events.push({ ...entry, hash, standsFor });
    }
  }
  return { events, end: { sequence: events.length, hash } };
}

/** What a verification finds: events up to the end are proven, and none may be beyond it. */
function faultIn({ events, end }: Chain): ChainDamage | null {
  const sorted = events.toSorted((a, b) => a.sequence - b.sequence);
  const proof = proveEvents(
    emptyProof(NOTHING),
    sorted.filter(({ sequence }) => sequence <= end.sequence),
    mac,
  );
  if ("reason" in proof) return proof;
  const isStray = sorted.some(({ sequence }) => sequence > end.sequence);
  return (
    endDamage(proof, end) ?? (isStray ? { sequence: end.sequence + 1, reason: CHAIN_DAMAGE.inserted } : null)
  );
}

type Tampering = {
  name: string;
  at: number;
  spot: number;
  renumbered: boolean;
  column: keyof StoredEvent;
};

const OTHER: Partial<StoredEvent> = {
  ...{ chain: "2", at: new Date(0), actorKind: "token", actor: "eve", action: "key.shown" },
  ...{
    object: "other",
    details: { allotment: "other" },
    address: null,
    requestId: null,
    hash: new Uint8Array(32),
  },
};

const COLUMNS = Object.keys(OTHER) as (keyof StoredEvent)[];

const tamperings: fc.Arbitrary<Tampering> = fc.record({
  name: fc.constantFrom("change", "delete", "insert", "duplicate", "swap", "cut"),
  at: fc.nat(),
  spot: fc.nat(),
  renumbered: fc.boolean(),
  column: fc.constantFrom(...COLUMNS),
});

const renumbered = (events: StoredEvent[]) =>
  events.map((event, index) => ({ ...event, sequence: index + 1 }));

/** A chain that was tampered with, the number of the first event that is bad then, and what may be said of it. */
function tampered({ events, end }: Chain, how: Tampering): { chain: Chain; bad: number; reasons: string[] } {
  const { changed, missing, inserted, moved, cut } = CHAIN_DAMAGE;
  const at = how.at % events.length;
  const event = events[at] as StoredEvent; // There is one, since `at` is below the length.
  const others = events.filter((_, index) => index !== at);
  const is = (after: StoredEvent[], bad: number, ...reasons: string[]) => ({
    chain: { events: after, end },
    ...{ bad, reasons },
  });
  // An event that was pushed beyond the end isn't among those that are searched.
  const pushing = (place: number) => (place === events.length - 1 ? [inserted, changed] : [inserted]);
  switch (how.name) {
    case "delete": {
      const isLast = at === events.length - 1;
      if (isLast) return is(others, at + 1, cut);
      // With numbers that close the gap the end is short by one, so an event before it can look changed.
      return how.renumbered ? is(renumbered(others), at + 1, missing, changed) : is(others, at + 1, missing);
    }
    case "insert": {
      const forged = { ...event, object: "forged", hash: mac("forged") };
      const all = renumbered([...events.slice(0, at), forged, ...events.slice(at)]);
      return is(all, at + 1, ...pushing(at));
    }
    case "duplicate":
      return is(
        renumbered([...events.slice(0, at + 1), event, ...events.slice(at + 1)]),
        at + 2,
        ...pushing(at + 1),
      );
    case "swap": {
      const other = (at + 1 + (how.spot % (events.length - 1))) % events.length;
      const [low, high] = [Math.min(at, other), Math.max(at, other)];
      const swapped = events.map((each, index) =>
        index === low ? events[high] : index === high ? events[low] : each,
      );
      return is(renumbered(swapped as StoredEvent[]), low + 1, moved);
    }
    case "cut":
      return is(events.slice(0, at), at + 1, cut);
    default: {
      const forged = { ...event, [how.column]: OTHER[how.column] };
      return is([...events.slice(0, at), forged, ...events.slice(at + 1)], at + 1, changed);
    }
  }
}

/** Chains to tamper with, built once: the tamperings are what the test is about. */
const chains = fc.sample(writes, 50).map(chainOf);
const someChain = fc.constantFrom(...chains);

test("a chain that nobody touched has no fault", () => {
  expect(chains.map(faultIn).filter((fault) => fault !== null)).toEqual([]);
});

test("each of 10,000 random tamperings is found, with the first bad event and what is wrong with it", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(someChain, tamperings, (chain, how) => {
      const { chain: spoiled, bad, reasons } = tampered(chain, how);
      const fault = faultIn(spoiled);
      expect(fault?.sequence).toBe(bad);
      expect(reasons).toContain(fault?.reason);
      seen.add(how.name);
    }),
    { numRuns: 10_000 },
  );
  expect([...seen].sort()).toEqual(["change", "cut", "delete", "duplicate", "insert", "swap"]);
});

test("a wrong count of folded events is found, in the change that it belongs to", () => {
  fc.assert(
    fc.property(someChain, fc.nat(), fc.option(fc.nat({ max: 5 })), (chain, nth, standsFor) => {
      const at = nth % chain.events.length;
      fc.pre(chain.events[at]?.standsFor !== standsFor);
      const events = chain.events.map((event, index) => (index === at ? { ...event, standsFor } : event));
      expect(faultIn({ ...chain, events })?.reason).toBe(CHAIN_DAMAGE.folded);
    }),
    { numRuns: 1000 },
  );
});

test("an end that was changed, and an event beyond it, are found", () => {
  const chain = chainOf([
    { seats: ["analyzer", "analyzer"], isSeat: true },
    { seats: ["analyzer"], isSeat: false },
  ]);
  const { events, end } = chain;
  expect(faultIn({ events, end: { ...end, hash: NOTHING } })).toEqual({
    sequence: 3,
    reason: CHAIN_DAMAGE.last,
  });
  expect(faultIn({ events, end: { ...end, sequence: 4 } })).toEqual({
    sequence: 4,
    reason: CHAIN_DAMAGE.cut,
  });
  const [first, second] = events;
  if (!first || !second) throw new Error("The chain has two events.");
  const cut = { events, end: { sequence: 2, hash: second.hash } };
  expect(faultIn(cut)).toEqual({ sequence: 3, reason: CHAIN_DAMAGE.inserted });
  expect(faultIn({ events: [first, { ...second, sequence: 1 }], end: cut.end })).toEqual({
    sequence: 2,
    reason: CHAIN_DAMAGE.inserted,
  });
});
