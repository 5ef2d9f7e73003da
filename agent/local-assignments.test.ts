import fc from "fast-check";
import { expect, test } from "vitest";
import type { Patch } from "@/domain/assignments/assignment";
import type { Row } from "@/domain/assignments/sync-client";
import { decided, takenSeat } from "./access";
import { assigned, released } from "./assignments";
import {
  freeUnits,
  liveSeats,
  localAssignmentsOf,
  seatAllotments,
  seatsByAllotment,
  seatsOf,
} from "./local-assignments";
import { withAssignment, withRelease } from "./seating";
import { freshState, type License, type State } from "./state";

const NUMBER = "9999000000001253";
const NOW = Date.parse("2026-03-10T08:00:00Z");
const AT = { now: NOW, uptime: 0 };

const seats = (name: string, count: number, valid = "") => ({
  name,
  usage: { class: "assigned" as const, minimum: 1 },
  provisions: [{ accessType: name }],
  units: [{ count, valid }],
});

function licenseOf(...allotments: ReturnType<typeof seats>[]): License {
  const definition = { product: "E", valid: "", trial: false, allotments, parameters: [] };
  const settings = {
    autoAssignProfessional: true,
    autoAssignAnalyzer: true,
    subjectMatching: "folded" as const,
  };
  const pace = { refreshAfter: 86_400, syncEvery: 600, etag: null, leaseEnd: NOW + 1e9 };
  return { key: "k", number: NUMBER, jws: "", definition, version: "1", status: "active", settings, ...pace };
}

const row = (version: number, subject: string, allotment = "analyzer"): Row => ({
  ...{ instance: String(version), version, allotment, subject, created: "2026-03-01T00:00:00.000Z" },
});

function stateOf(license: License, rows: Row[], outbox: Patch[] = []): State {
  const fresh = freshState("source", { wall: NOW, ticks: 0 });
  return { ...fresh, license, rows: new Map(rows.map((each) => [each.instance, each])), outbox };
}

function add(state: State, license: License, subject: string, name = "analyzer"): State {
  const allotment = seatAllotments(license).find((each) => each.name === name);
  if (!allotment) throw new Error("There is no such allotment.");
  return assigned(state, license, { allotment, subject, auto: false }, NOW);
}

const view = (state: State, license: License) =>
  seatsByAllotment(localAssignmentsOf(state, license), license, NOW).map(
    ({ subject, state: how }) => `${subject} ${how}`,
  );

test("a user is found under every alias, and the seat counts once", () => {
  const license = licenseOf(seats("analyzer", 2));
  const rows = [{ ...row(1, "acme\\bob"), aliases: ["bob@acme.example", "ACME\\Bob"] }];
  const state = add(stateOf(license, rows), license, "BOB@acme.example");
  const assignments = localAssignmentsOf(state, license);
  const found = ["acme\\bob", "bob@acme.example", "bob"].map((subject) =>
    seatsOf(assignments, license, subject, NOW).map((seat) => seat.row?.instance),
  );
  expect(found).toEqual([["1"], ["1"], []]);
  expect(liveSeats(assignments, "analyzer")).toBe(1);
  expect(view(state, license)).toEqual(["acme\\bob assigned"]);
  const [allotment] = seatAllotments(license);
  expect(allotment && freeUnits(assignments, allotment, NOW)).toBe(1);
  const gone =
    allotment && released(stateOf(license, rows), license, { allotment, subject: "bob@acme.example" }, NOW);
  expect(gone?.outbox).toMatchObject([{ instance: "1", subject: "acme\\bob" }]);
});

test("professional seats come first, then analyzer, then the others in the order of the definition", () => {
  const license = licenseOf(
    seats("other", 1),
    seats("Analyzer", 1),
    seats("third", 1),
    seats("PROFESSIONAL", 1),
  );
  expect(seatAllotments(license).map(({ name }) => name)).toEqual([
    "PROFESSIONAL",
    "Analyzer",
    "other",
    "third",
  ]);
});

test("seats added first are kept; seats that the backend hasn't confirmed come last", () => {
  const license = licenseOf(seats("analyzer", 2));
  const state = add(stateOf(license, [row(9, "late"), row(3, "early")]), license, "now");
  expect(view(state, license)).toEqual(["early assigned", "late assigned", "now excess"]);
  const fewer = licenseOf(seats("analyzer", 1));
  expect(view(state, fewer)).toEqual(["early assigned", "late excess", "now excess"]);
  expect(freeUnits(localAssignmentsOf(state, fewer), seats("analyzer", 1), NOW)).toBe(-2);
});

test("a release brings the next seat out of excess at once", () => {
  const license = licenseOf(seats("analyzer", 1));
  const state = stateOf(license, [row(3, "early"), row(9, "late")]);
  expect(decided(state, "LATE", NOW)).toMatchObject({ granted: false, reason: "EXCESS" });
  const [allotment] = seatAllotments(license);
  const next = allotment && released(state, license, { allotment: allotment, subject: "Early" }, NOW);
  expect(next && view(next, license)).toEqual(["late assigned"]);
});

test("units that aren't in force give no seat", () => {
  const license = licenseOf(seats("analyzer", 5, "2026-04-01/."));
  expect(takenSeat(stateOf(license, []), "a", new Set(), AT)[1]).toEqual({
    granted: false,
    reason: "NO_AVAILABLE_UNITS",
  });
});

test("an add of a seat that another site assigned in the meantime counts once", () => {
  const license = licenseOf(seats("analyzer", 2));
  const before = stateOf(license, []);
  const { outbox } = add(before, license, "bob");
  const state = { ...before, rows: new Map([["3", row(3, "BOB")]]), outbox };
  expect(liveSeats(localAssignmentsOf(state, license), "analyzer")).toBe(1);
  expect(view(state, license)).toEqual(["BOB assigned"]);
});

test("no two lives of a seat have the same created time, whatever the clock does", () => {
  const license = licenseOf(seats("analyzer", 2));
  const state = add(add(stateOf(license, []), license, "a"), license, "b");
  expect(new Set(state.outbox.map(({ created }) => created)).size).toBe(2);
});

test("offline no more seats are granted than there are units", () => {
  const people = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 30 });
  fc.assert(
    fc.property(people, fc.nat(4), fc.nat(3), (asking, units, taken) => {
      const license = licenseOf(seats("analyzer", units), seats("professional", 1));
      const rows = Array.from({ length: taken }, (_, i) => row(i + 1, `other${i}`));
      let state = stateOf(license, rows);
      const granted = new Set<string>();
      for (const who of asking) {
        const [next, decision] = takenSeat(state, who, new Set(), AT);
        state = next;
        if (decision.granted) granted.add(who);
      }
      expect(granted.size).toBeLessThanOrEqual(Math.max(0, units - taken) + 1);
      expect(state.outbox).toHaveLength(granted.size);
    }),
  );
});

test("a restored seat keeps its old position in the order of seats", () => {
  const fewer = licenseOf(seats("analyzer", 1));
  const state = stateOf(fewer, [row(5, "late"), { ...row(9, "early"), rank: 2 }]);
  expect(view(state, fewer).toSorted()).toEqual(["early assigned", "late excess"]);
});

test("a subject with an invisible character keeps a seat that it has, and gets no new one", () => {
  const license = licenseOf(seats("analyzer", 2));
  const subject = "acme\\bo\u200bb";
  const holder = stateOf(license, [row(3, subject)]);
  expect(decided(holder, subject, NOW)).toMatchObject({ granted: true, allotment: "analyzer" });
  expect(takenSeat(holder, subject, new Set(), AT)[1]).toMatchObject({ granted: true });
  expect(withAssignment(holder, subject, "analyzer", NOW)).toBe(holder);
  const nobody = stateOf(license, []);
  expect(takenSeat(nobody, subject, new Set(), AT)).toEqual([
    nobody,
    { granted: false, reason: "INVALID_SUBJECT" },
  ]);
  expect(() => withAssignment(nobody, subject, "analyzer", NOW)).toThrow("invisible character (U+200B)");
});

test("seats of an allotment that was dropped from the definition are in excess, and can be released", () => {
  const license = licenseOf(seats("professional", 2));
  const state = stateOf(license, [row(3, "ann"), row(4, "eve")]);
  expect(view(state, license)).toEqual(["ann excess", "eve excess"]);
  expect(decided(state, "ann", NOW)).toMatchObject({
    granted: false,
    reason: "EXCESS",
    allotment: "analyzer",
  });
  const released = withRelease(state, "ann", "Analyzer", NOW);
  expect(released.outbox).toMatchObject([{ instance: "3", allotment: "analyzer", subject: "ann" }]);
  expect(view(released, license)).toEqual(["eve excess"]);
});
