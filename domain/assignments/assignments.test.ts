import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AllotmentSeats, Assignment, Patch, PatchContext, Seats } from "./assignment";
import { applyPatches, patchKeys } from "./assignments";
import { foldSubject } from "./subject";

const NOW = new Date("2019-04-20T12:00:00Z");
const CREATED = "2019-04-18T10:01:35.024031Z";
const DELETED = "2019-04-19T00:00:00Z";

const allotment = (units: number, live = 0): AllotmentSeats => ({
  name: "Analyzer",
  class: "assigned",
  units,
  live,
});

function seats(changes: Partial<Seats> = {}): Seats {
  const time: AllotmentSeats = { name: "analyzer_time", class: "time", units: 100, live: 0 };
  const allotments = new Map<string, AllotmentSeats>([
    ["analyzer", allotment(2)],
    ["analyzer_time", time],
  ]);
  const license = "1234123412341234";
  return {
    license,
    version: 10,
    accepts: true,
    autoAssign: new Set(),
    pools: allotments,
    touched: [],
    ...changes,
  };
}

function how(changes: Partial<PatchContext> = {}): PatchContext {
  let last = 100;
  const newInstance = () => String(++last);
  return { source: "east", now: NOW, indexOf: foldSubject, newInstance, ...changes };
}

function patch(changes: Partial<Record<keyof Patch, unknown>> = {}): Patch {
  const license = "1234 1234 1234 1234";
  const add = { instance: "", version: 0, license, allotment: "analyzer", subject: "acme\\bob" };
  // Patches on the wire have unchecked types, and so do these.
  return { ...add, created: CREATED, ...changes } as Patch;
}

function row(changes: Partial<Assignment> = {}): Assignment {
  return {
    instance: "7",
    version: 4,
    addedAt: 4,
    allotment: "analyzer",
    index: "acme\\bob",
    subject: "ACME\\Bob",
    created: new Date("2019-04-18T10:01:35.024Z"),
    received: NOW,
    source: "east",
    auto: false,
    deleted: null,
    lastUsed: null,
    ...changes,
  };
}

const tombstone = (changes: Partial<Assignment> = {}) =>
  row({ version: 9, subject: "", deleted: new Date(DELETED), ...changes });

const one = (sent: Patch, state: Partial<Seats> = {}, manner: Partial<PatchContext> = {}) => {
  const outcome = applyPatches(seats(state), [sent], how(manner));
  return { ...outcome, answer: outcome.answers[0] };
};

describe("an add", () => {
  test("takes the next version, a new instance and the spelling as sent", () => {
    const sent = patch({ auto: false, lastUsed: "2019-04-19" });
    const added = row({
      instance: "101",
      version: 11,
      addedAt: 11,
      subject: "acme\\bob",
      lastUsed: "2019-04-19",
    });
    expect(one(sent)).toMatchObject({
      version: 11,
      answers: [{ patch: sent, row: added, rejection: "" }],
      changes: [{ kind: "add", row: added }],
      rejected: [],
    });
  });

  test.each([
    ["UNKNOWN_LICENSE", { license: "9999 0000 0000 0000", subject: "" }],
    ["UNKNOWN_LICENSE", { license: 1234123412341234 }],
    ["UNKNOWN_LICENSE", { license: undefined }],
    ["UNKNOWN_LICENSE", { license: "9999", instance: {} }],
    ["INVALID_INSTANCE", { instance: " 8471503661037715228", subject: "", created: "never" }],
    ["INVALID_INSTANCE", { instance: 8471503661037715, deleted: DELETED }],
    ["INVALID_INSTANCE", { instance: " 8471503661037715228", deleted: "now" }],
    ["INVALID_INSTANCE", { instance: {} }],
    ["INVALID_INSTANCE", { instance: false }],
    ["INVALID_INSTANCE", { instance: "-1" }],
    ["INVALID_INSTANCE", { instance: "1e3" }],
    ["INVALID_INSTANCE", { instance: "12345678901234567890" }],
    ["INVALID_INSTANCE", { instance: "\u0664\u0662" }],
    ["INVALID_SUBJECT", { subject: "", created: "never" }],
    ["INVALID_SUBJECT", { subject: "  " }],
    ["INVALID_SUBJECT", { subject: "a\u0007" }],
    ["INVALID_SUBJECT", { subject: "x".repeat(201) }],
    ["INVALID_SUBJECT", { subject: ["acme\\bob"] }],
    ["INVALID_TIMESTAMP", { created: "2019-02-30T00:00:00Z", allotment: "none" }],
    ["INVALID_TIMESTAMP", { created: undefined }],
    ["INVALID_TIMESTAMP", { created: 1555581695024 }],
    ["INVALID_TIMESTAMP", { lastUsed: "yesterday" }],
    ["INVALID_TIMESTAMP", { lastUsed: "2019-02-30" }],
    ["INVALID_TIMESTAMP", { deleted: "now" }],
    ["INVALID_TIMESTAMP", { deleted: true }],
    ["INVALID_TIMESTAMP", { deleted: "" }],
    ["INVALID_TIMESTAMP", { created: "", auto: "yes" }],
    ["INVALID_ITEM", { auto: "yes", allotment: "none" }],
    ["INVALID_ITEM", { auto: 1 }],
    ["UNKNOWN_ALLOTMENT", { allotment: "professional" }],
    ["UNKNOWN_ALLOTMENT", { allotment: 7 }],
    ["UNKNOWN_ALLOTMENT", { allotment: "__proto__" }],
    ["NOT_ASSIGNABLE", { allotment: "Analyzer_Time" }],
    ["", { license: "1234123412341234" }],
    ["", { allotment: "ANALYZER" }],
    ["", { deleted: null, lastUsed: null, instance: null, version: "x" }],
    ["", { instance: undefined }],
  ])("%s %j", (rejection, changes) => {
    const sent = patch(changes);
    const { answer, version, changes: made } = one(sent);
    expect(answer?.rejection).toBe(rejection);
    expect(answer?.patch).toBe(sent);
    expect([version, made.length, answer?.row !== null]).toEqual(rejection ? [10, 0, false] : [11, 1, true]);
  });

  test("is checked in the order of the contract", () => {
    const worst = { accepts: false, pools: new Map([["analyzer", allotment(0)]]) };
    const auto = patch({ auto: true });
    expect(one(auto, { ...worst, touched: [row()] }).answer).toMatchObject({ rejection: "", row: row() });
    expect(one(auto, { ...worst, touched: [tombstone()] }).answer).toMatchObject({
      rejection: "",
      row: tombstone(),
    });
    expect(one(auto, worst).answer?.rejection).toBe("LICENSE_NOT_VALID");
    expect(one(auto, { ...worst, accepts: true }).answer?.rejection).toBe("AUTO_ASSIGN_OFF");
    const on = { ...worst, accepts: true, autoAssign: new Set(["analyzer"]) };
    expect(one(auto, on).answer?.rejection).toBe("NO_AVAILABLE_UNITS");
    expect(one(auto, { ...on, pools: new Map([["analyzer", allotment(1)]]) }).answer?.row?.auto).toBe(true);
  });

  test("of a subject that holds the seat returns it, however it is spelled and whoever added it", () => {
    const touched = [row({ source: "west" })];
    const { answer, version, changes } = one(patch({ subject: "Acme\\BOB " }), { touched });
    expect([answer?.row, version, changes]).toEqual([touched[0], 10, []]);
  });

  test.each([
    ["another source", { source: "west" }],
    ["another time", { created: new Date("2019-04-18T10:01:35.025Z") }],
  ])("is a new life when the ended one is of %s", (_, changes) => {
    expect(one(patch(), { touched: [tombstone(changes)] }).answer?.row?.instance).toBe("101");
  });

  test("repeats a finished life in any writing of the same moment", () => {
    const sent = patch({ created: "2019-04-18T12:01:35.0249+02:00", subject: "ACME\\BOB" });
    expect(one(sent, { touched: [tombstone()] }).answer?.row).toEqual(tombstone());
  });

  test.each([
    ["LICENSE_NOT_VALID", {}, { accepts: false }],
    ["INVALID_TIMESTAMP", { created: "" }, {}],
    ["NO_AVAILABLE_UNITS", {}, { pools: new Map([["analyzer", allotment(2, 3)]]) }],
  ] as const)("that ends with %s is listed by subject and allotment", (code, changes, state) => {
    const { rejected } = one(patch({ subject: "ACME\\Bob", ...changes }), state);
    expect(rejected).toEqual([{ code, allotment: "analyzer", index: "acme\\bob", subject: "ACME\\Bob" }]);
  });

  test.each(["acme\\bo\u200bb", "acme\\m\ufffdller", "acme\\bob  smith"])(
    "of %j makes no new row, and is answered with one that is there",
    (subject) => {
      const index = foldSubject(subject);
      expect(one(patch({ subject })).answer?.rejection).toBe("INVALID_SUBJECT");
      expect(one(patch({ subject }), { accepts: false }).answer?.rejection).toBe("INVALID_SUBJECT");
      const held = row({ subject, index, source: "west" });
      expect(one(patch({ subject }), { touched: [held] }).answer).toMatchObject({ rejection: "", row: held });
      const ended = tombstone({ index });
      expect(one(patch({ subject }), { touched: [ended] }).answer).toMatchObject({
        rejection: "",
        row: ended,
      });
      const use = patch({ subject, instance: "7", lastUsed: "2019-04-19" });
      expect(one(use, { touched: [held] }).answer?.row?.lastUsed).toBe("2019-04-19");
      const release = patch({ subject, deleted: DELETED, created: held.created.toISOString() });
      expect(one(release, { touched: [row({ subject, index })] }).answer?.row?.deleted).toEqual(NOW);
      expect(one(patch({ subject })).rejected).toEqual([
        { code: "INVALID_SUBJECT", allotment: "analyzer", index, subject },
      ]);
    },
  );

  test.each([{ license: "0" }, { subject: "" }, { allotment: "none" }])("%j is not listed", (changes) =>
    expect(one(patch(changes)).rejected).toEqual([]),
  );
});

describe("a delete", () => {
  const gone = tombstone({ version: 11, deleted: NOW });

  test.each([
    [
      "by instance, whatever else is wrong",
      { instance: "7", subject: 5, created: "", allotment: null },
      true,
    ],
    ["of its own add", {}, true],
    ["of its own add, spelled otherwise", { subject: "ACME\\BOB", allotment: "Analyzer" }, true],
    ["of an unknown instance", { instance: "8" }, false],
    ["of an instance that is greater than any", { instance: "9999999999999999999" }, false],
    ["of an instance written with zeros", { instance: "007" }, false],
    ["of an add with another time", { created: DELETED }, false],
    ["of an add that nobody can have made", { subject: "" }, false],
    ["without a time of its add", { created: undefined }, false],
  ])("%s", (_, changes, found) => {
    const { answer, version } = one(patch({ deleted: DELETED, ...changes }), {
      accepts: false,
      touched: [row()],
    });
    expect(answer?.rejection).toBe("");
    expect([answer?.row, version]).toEqual(found ? [gone, 11] : [null, 10]);
  });

  test("without an instance leaves the add of another source alone", () => {
    const state = { touched: [row({ source: "west" })] };
    expect(one(patch({ deleted: DELETED }), state)).toMatchObject({ changes: [], answers: [{ row: null }] });
  });

  test.each([{ instance: "7" }, { instance: "" }])("of a finished life %j changes nothing", (changes) => {
    const { answer, changes: made } = one(patch({ deleted: DELETED, ...changes }), {
      touched: [tombstone()],
    });
    expect([answer?.row, made]).toEqual([tombstone(), []]);
  });

  test("goes by license like every patch", () => {
    const sent = patch({ instance: "7", deleted: DELETED, license: "9999" });
    expect(one(sent, { touched: [row()] }).answer?.rejection).toBe("UNKNOWN_LICENSE");
  });

  test("frees a seat of an allotment that is no longer there", () => {
    const state = { pools: new Map(), touched: [row()] };
    expect(one(patch({ instance: "7", deleted: DELETED }), state).answer?.row).toEqual(gone);
  });
});

describe("a seat of another product's allotment", () => {
  const { pools } = seats();
  const hidden = { hidden: new Set(["analyzer"]), pools: new Map([...pools].slice(1)), touched: [row()] };

  test.each([
    ["added", {}],
    ["released by instance", { instance: "7", deleted: DELETED }],
    ["released by its add", { deleted: DELETED }],
    ["used", { instance: "7", lastUsed: "2019-04-20" }],
  ])("can't be %s", (_, changes) => {
    const { answer, changes: made } = one(patch(changes), hidden);
    expect([answer?.rejection, made]).toEqual(["UNKNOWN_ALLOTMENT", []]);
  });
});

describe("a use", () => {
  test.each([
    [null, "2019-04-19", "2019-04-19", true],
    [null, "2019-04-19T23:59:59-05:00", "2019-04-20", true],
    [null, "2031-01-01", "2019-04-20", true],
    ["2019-04-18", "2019-04-19", "2019-04-19", true],
    ["2019-04-19", "2019-04-19", "2019-04-19", false],
    ["2019-04-19", "2019-04-18", "2019-04-19", false],
    ["2019-04-19", undefined, "2019-04-19", false],
    [null, null, null, false],
  ])("after %s, of %s makes %s", (before, lastUsed, after, changed) => {
    const state = { touched: [row({ lastUsed: before })] };
    const { answer, version, changes } = one(patch({ instance: "7", lastUsed }), state);
    expect(answer?.row).toEqual(row({ lastUsed: after }));
    expect([version, changes.map(({ kind }) => kind)]).toEqual([10, changed ? ["use"] : []]);
  });

  test("needs nothing but its instance", () => {
    const sent = patch({ instance: "7", subject: "", created: "", allotment: "" });
    expect(one(sent, { touched: [row()] }).answer).toEqual({ patch: sent, row: row(), rejection: "" });
  });

  test.each(["8", "07", "9".repeat(19)])("of the unknown instance %j has no row", (instance) => {
    expect(one(patch({ instance }), { touched: [row()] }).answer).toMatchObject({ row: null, rejection: "" });
  });

  test("of a finished life is answered with its tombstone", () => {
    const sent = patch({ instance: "7", lastUsed: "2019-04-20" });
    expect(one(sent, { touched: [tombstone()] })).toMatchObject({
      changes: [],
      answers: [{ row: tombstone() }],
    });
  });

  test("on an unreadable day is that patch's error", () => {
    const sent = patch({ instance: "7", lastUsed: 20190419 });
    expect(one(sent, { touched: [row()] }).answer?.rejection).toBe("INVALID_TIMESTAMP");
  });
});

describe("patches of one request", () => {
  const apply = (patches: Patch[], units = 1, touched: Assignment[] = []) =>
    applyPatches(
      seats({ pools: new Map([["analyzer", allotment(units, touched.length)]]), touched }),
      patches,
      how(),
    );

  test("see the add before them", () => {
    const { answers, changes, version } = apply([patch(), patch({ subject: "ACME\\bob", created: DELETED })]);
    expect(answers[1]?.row).toEqual(answers[0]?.row);
    expect([changes.length, version]).toEqual([1, 11]);
  });

  test("see the delete before them, and free seats for one another", () => {
    const eve = patch({ subject: "acme\\eve" });
    const { answers, changes, version, rejected } = apply([
      patch(),
      eve,
      patch({ deleted: DELETED }),
      eve,
      patch(),
    ]);
    expect(answers.map(({ rejection }) => rejection)).toEqual(["", "NO_AVAILABLE_UNITS", "", "", ""]);
    expect(changes.map(({ kind, row: { version: at } }) => [kind, at])).toEqual([
      ["add", 11],
      ["delete", 12],
      ["add", 13],
    ]);
    expect(answers[4]?.row).toEqual(answers[2]?.row);
    expect([version, rejected]).toEqual([13, []]);
  });

  test("convert a subject by a delete and an add", () => {
    const allotments = new Map([
      ["analyzer", allotment(1, 1)],
      ["professional", allotment(1)],
    ]);
    const patches = [patch({ instance: "7", deleted: DELETED }), patch({ allotment: "professional" })];
    const { changes } = applyPatches(seats({ pools: allotments, touched: [row()] }), patches, how());
    expect(changes.map(({ kind, row: { allotment } }) => [kind, allotment])).toEqual([
      ["delete", "analyzer"],
      ["add", "professional"],
    ]);
  });

  test("free no seat while the allotment is in excess", () => {
    const touched = [row(), row({ instance: "8", index: "acme\\eve" })];
    const { answers } = apply(
      [patch({ instance: "7", deleted: DELETED }), patch({ created: DELETED })],
      1,
      touched,
    );
    expect(answers[1]?.rejection).toBe("NO_AVAILABLE_UNITS");
  });

  test("keep the greatest day of use through a delete", () => {
    const days = ["2019-04-18", "2019-04-19", "2019-04-17"];
    const uses = days.map((lastUsed) => patch({ instance: "7", lastUsed }));
    const { changes } = apply([...uses, patch({ instance: "7", deleted: DELETED })], 1, [row()]);
    expect(changes.map(({ kind, row: { lastUsed } }) => [kind, lastUsed])).toEqual([
      ["use", "2019-04-18"],
      ["use", "2019-04-19"],
      ["delete", "2019-04-19"],
    ]);
  });
});

test("the store loads each row that patches can touch, once", () => {
  const patches = [
    patch(),
    patch({ subject: "ACME\\Bob ", allotment: "Analyzer" }),
    patch({ deleted: DELETED, subject: "acme\\eve" }),
    ...["7", "7", "0", "9223372036854775807", "9223372036854775808", "07", "-1", "1e3", " 7", 7, {}].map(
      (instance) => patch({ instance }),
    ),
    patch({ subject: "\ud800" }),
    patch({ allotment: "a\0" }),
    patch({ allotment: 5 }),
  ];
  expect(patchKeys(patches, foldSubject)).toEqual({
    instances: ["7", "0", "9223372036854775807"],
    lookups: [
      { allotment: "analyzer", index: "acme\\bob" },
      { allotment: "analyzer", index: "acme\\eve" },
    ],
  });
});

test("results come in order, change only the rows that the patches name, and nothing throws", () => {
  const value = fc.oneof(fc.anything(), fc.constantFrom("", "7", "analyzer", "acme\\bob", CREATED, null));
  const license = fc.oneof({ weight: 9, arbitrary: fc.constant("1234123412341234") }, value);
  const hostile = fc.record(
    {
      instance: value,
      version: value,
      license,
      allotment: value,
      subject: value,
      created: value,
      deleted: value,
      auto: value,
      lastUsed: value,
    },
    { requiredKeys: ["license"] },
  );
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 12 }), (sent) => {
      const patches = sent.map((fields) => patch(fields));
      patchKeys(patches, foldSubject);
      const { answers, changes, version } = applyPatches(seats({ touched: [row()] }), patches, how());
      expect(answers.map((answer) => answer.patch)).toEqual(patches);
      expect(version - 10).toBe(changes.filter(({ kind }) => kind !== "use").length);
      for (const { row: found, rejection } of answers) if (rejection) expect(found).toBeNull();
    }),
  );
});

describe("undoing a change", () => {
  const gone = row({ version: 9, subject: "", deleted: NOW, lastUsed: "2019-04-19", addedAt: 2 });
  const restore = (changes: Partial<Seats> = {}, { live = 1, sent = [patch()] } = {}) => {
    const reverts = new Map(
      sent.map((one) => [one, { version: 9, restores: { instance: "7", subject: "ACME\\Bob", live } }]),
    );
    return applyPatches(seats({ touched: [gone], ...changes }), sent, how({ source: "admin", reverts }));
  };

  test("a released seat comes back as a new instance with the old time, source and rank", () => {
    const { answers, changes, version } = restore();
    const again = { ...gone, instance: "101", version: 11, addedAt: 2, subject: "ACME\\Bob", deleted: null };
    expect(answers).toEqual([{ patch: expect.anything(), row: again, rejection: "" }]);
    expect(changes).toEqual([{ kind: "add", row: again, reverses: 9 }]);
    expect(version).toBe(11);
  });

  test("it doesn't come back if its seat was taken", () => {
    const full = new Map([["analyzer", allotment(2, 2)]]);
    expect(restore({ pools: full }).answers[0]?.rejection).toBe("NO_AVAILABLE_UNITS");
    expect(restore({ pools: new Map() }).answers[0]?.rejection).toBe("UNKNOWN_ALLOTMENT");
    expect(restore({ accepts: false }).answers[0]?.rejection).toBe("LICENSE_NOT_VALID");
  });

  test("an allotment over its units gets back the seats it had, and no more", () => {
    const over = new Map([["analyzer", allotment(2, 3)]]);
    expect(restore({ pools: over }, { live: 4 }).answers[0]?.rejection).toBe("");
    expect(restore({ pools: over }, { live: 3 }).answers[0]?.rejection).toBe("NO_AVAILABLE_UNITS");
  });

  test("a second undo changes nothing, even if the seat was released in between", () => {
    expect(restore({}, { sent: [patch(), patch()] }).changes).toHaveLength(1);
    const later = tombstone({ instance: "8", version: 10, addedAt: 2 });
    expect(restore({ touched: [gone, later] })).toMatchObject({ changes: [], answers: [{ row: later }] });
  });

  test("a seat that was restored and released again can be restored again", () => {
    const first = tombstone({ instance: "6", version: 5, addedAt: 2 });
    expect(restore({ touched: [first, gone] }).changes).toHaveLength(1);
  });

  test("a subject that holds the seat again keeps it", () => {
    const held = row({ instance: "9", version: 10, addedAt: 10 });
    expect(restore({ touched: [gone, held] })).toMatchObject({ changes: [], answers: [{ row: held }] });
  });

  test("a seat that is live, or another subject's, isn't restored", () => {
    expect(restore({ touched: [row()] })).toMatchObject({ changes: [], answers: [{ row: null }] });
    expect(restore({ touched: [{ ...gone, index: "eve" }] })).toMatchObject({ changes: [] });
  });

  test("the original instance of a restored seat means the live seat, whatever the order in which both are loaded", () => {
    const live = row({ instance: "8", version: 11, addedAt: 2 });
    for (const touched of [
      [gone, live],
      [live, gone],
    ]) {
      const { answers } = applyPatches(seats({ touched }), [patch({ deleted: DELETED })], how());
      expect(answers[0]?.row?.instance).toBe("8");
    }
  });
});

test("a patch that depends on another one is applied only with it", () => {
  const into = patch({ allotment: "analyzer_time" });
  const out = patch({ instance: "7", deleted: DELETED });
  const outcome = applyPatches(
    seats({ touched: [row()] }),
    [into, out],
    how({ dependsOn: new Map([[out, into]]) }),
  );
  expect(outcome.answers.map(({ rejection }) => rejection)).toEqual(["NOT_ASSIGNABLE", "NOT_ASSIGNABLE"]);
  expect(outcome.changes).toEqual([]);
});
