import { expect, test } from "vitest";
import { declaredAlias, type NamedAlias, removedAlias } from "./alias-changes";
import { aliasesOf, aliasRefusal, MOST_ALIASES, userIndexOf } from "./aliases";
import type { Assignment, Patch, PatchContext, Seats } from "./assignment";
import { applyPatches } from "./assignments";
import { foldSubject } from "./subject";

const LICENSE = "1234123412341234";
const NOW = new Date("2026-08-24T10:00:00Z");
const BOB = "acme\\bob";
const MAIL = "bob@acme.example";
const DECLARED = { subject: BOB, alias: MAIL };

type Held = Partial<Assignment> & Pick<Assignment, "subject" | "addedAt">;

function row({ subject, addedAt, ...more }: Held): Assignment {
  return {
    instance: String(addedAt),
    version: addedAt,
    addedAt,
    allotment: "analyzer",
    index: foldSubject(subject),
    subject,
    created: new Date(NOW.getTime() + addedAt),
    received: NOW,
    source: "east",
    auto: false,
    deleted: null,
    lastUsed: null,
    ...more,
  };
}

function seatsOf(held: Held[], units = 3): Seats {
  const touched = held.map(row);
  const live = (name: string) =>
    touched.filter(({ allotment, deleted }) => allotment === name && !deleted).length;
  const pool = (name: string) =>
    [name, { name, class: "assigned" as const, units, live: live(name) }] as const;
  return {
    license: LICENSE,
    version: 10,
    accepts: true,
    autoAssign: new Set(),
    pools: new Map([pool("analyzer"), pool("professional")]),
    touched,
  };
}

/** The context of a license with these aliases: pairs of an alias and its user. */
function how(...pairs: [alias: string, user: string][]): PatchContext {
  const indexes = pairs.map(([alias, user]) => ({ alias: foldSubject(alias), user: foldSubject(user) }));
  const aliases = aliasesOf(indexes, foldSubject);
  let instances = 100;
  const newInstance = () => String(++instances);
  return { source: "west", now: NOW, indexOf: userIndexOf(aliases, foldSubject), aliases, newInstance };
}

const patch = (subject: string, more: Partial<Patch> = {}): Patch => ({
  ...{ instance: "", version: 0, license: LICENSE, allotment: "analyzer" },
  ...{ subject, created: NOW.toISOString() },
  ...more,
});

/** Each change as a line: what became of which seat. */
function told(result: ReturnType<typeof declaredAlias> | ReturnType<typeof removedAlias>) {
  if (typeof result === "string") return result;
  return result.changes.map(({ kind, row: { instance, subject, aliases = [], index, version, addedAt } }) =>
    kind === "delete"
      ? `${instance} released at ${version}`
      : `${instance} is ${[subject, ...aliases].join(" = ")} (${index}) at ${version}, rank ${addedAt}`,
  );
}

test.each<[string, Held[], string[]]>([
  ["nobody holds a seat", [], []],
  ["the user holds one", [{ subject: BOB, addedAt: 1 }], [`1 is ${BOB} = ${MAIL} (${BOB}) at 11, rank 1`]],
  ["the alias holds one", [{ subject: MAIL, addedAt: 1 }], [`1 is ${BOB} = ${MAIL} (${BOB}) at 11, rank 1`]],
  [
    "the user came first",
    [
      { subject: BOB, addedAt: 1 },
      { subject: MAIL, addedAt: 2 },
    ],
    ["2 released at 11", `1 is ${BOB} = ${MAIL} (${BOB}) at 12, rank 1`],
  ],
  [
    "the alias came first",
    [
      { subject: BOB, addedAt: 2 },
      { subject: MAIL, addedAt: 1 },
    ],
    ["2 released at 11", `1 is ${BOB} = ${MAIL} (${BOB}) at 12, rank 1`],
  ],
  [
    "each holds one of another allotment",
    [
      { subject: BOB, addedAt: 1 },
      { subject: MAIL, addedAt: 2, allotment: "professional" },
    ],
    [`1 is ${BOB} = ${MAIL} (${BOB}) at 11, rank 1`, `2 is ${BOB} = ${MAIL} (${BOB}) at 12, rank 2`],
  ],
  ["a released seat of the alias is no seat", [{ subject: "", index: MAIL, addedAt: 1, deleted: NOW }], []],
])("declaring where %s", (_, held, changes) => {
  expect(told(declaredAlias(seatsOf(held), DECLARED, how()))).toEqual(changes);
});

test("seats are shown under the spelling that was first, not the one that was declared", () => {
  const declared = declaredAlias(seatsOf([{ subject: "ACME\\Bob", addedAt: 1 }]), DECLARED, how());
  expect(told(declared)).toEqual([`1 is ACME\\Bob = ${MAIL} (${BOB}) at 11, rank 1`]);
});

test.each<[string, NamedAlias, [string, string][], string]>([
  ["the same user", { subject: BOB, alias: "ACME\\Bob " }, [], "SAME_SUBJECT"],
  ["an alias of an alias", { subject: MAIL, alias: "bob" }, [[MAIL, BOB]], "ALIAS_CHAIN"],
  ["an alias that has aliases", { subject: "bob", alias: BOB }, [[MAIL, BOB]], "ALIAS_CHAIN"],
  ["an alias of two users", { subject: "eve", alias: MAIL }, [[MAIL, BOB]], "ALIAS_CHAIN"],
  ["an empty alias", { subject: BOB, alias: " " }, [], "INVALID_SUBJECT"],
  ["a hash", { subject: BOB, alias: `hash:${"a".repeat(64)}` }, [], "INVALID_SUBJECT"],
  ["a name with an invisible character", { subject: BOB, alias: "acme\\b\u200bob" }, [], "INVALID_SUBJECT"],
])("%s is refused", (_, named, pairs, code) => {
  expect(declaredAlias(seatsOf([]), named, how(...pairs))).toBe(code);
});

test("a name with an invisible character that holds a seat can be settled", () => {
  const hidden = "acme\\b\u200bob";
  const declared = declaredAlias(
    seatsOf([{ subject: hidden, addedAt: 1 }]),
    { subject: BOB, alias: hidden },
    how(),
  );
  expect(told(declared)).toHaveLength(1);
});

test("a user has ten aliases, and declaring one of them again changes nothing", () => {
  const pairs = Array.from({ length: MOST_ALIASES }, (_, n): [string, string] => [`bob${n}`, BOB]);
  const { aliases } = how(...pairs);
  expect(aliasRefusal({ alias: MAIL, user: BOB }, aliases)).toBe("TOO_MANY_ALIASES");
  expect(aliasRefusal({ alias: "bob3", user: BOB }, aliases)).toBeNull();
  const again = declaredAlias(seatsOf([]), { subject: BOB, alias: "bob3" }, how(...pairs));
  expect(again).toMatchObject({ isNew: false, changes: [] });
});

test("an add by an alias is answered with the user's seat, also without a free one", () => {
  const held = seatsOf([{ subject: BOB, addedAt: 1, aliases: [MAIL] }], 1);
  const { answers, changes } = applyPatches(held, [patch("Bob@ACME.example")], how([MAIL, BOB]));
  expect(answers[0]).toMatchObject({ row: { instance: "1", subject: BOB }, rejection: "" });
  expect(changes).toEqual([]);
});

test("an add by a spelling brings its text back to all seats of the user", () => {
  const held = seatsOf([
    { subject: BOB, addedAt: 1 },
    { subject: BOB, addedAt: 2, allotment: "professional" },
  ]);
  const context = how([MAIL, BOB]);
  const { answers, changes } = applyPatches(held, [patch(MAIL), patch(MAIL)], context);
  expect(answers.map(({ row }) => row)).toMatchObject([
    { instance: "1", aliases: [MAIL] },
    { instance: "1", aliases: [MAIL] },
  ]);
  expect(changes.map(({ kind, row }) => [kind, row.instance, row.aliases, row.addedAt])).toEqual([
    ["alias", "1", [MAIL], 1],
    ["alias", "2", [MAIL], 2],
  ]);
});

test("an alias without a seat takes one for its user, whose own subject is shown once it is known", () => {
  const context = how([MAIL, BOB]);
  const { answers } = applyPatches(seatsOf([]), [patch(MAIL), patch(BOB)], context);
  expect(answers.map(({ row }) => row)).toMatchObject([
    { index: BOB, subject: MAIL },
    { index: BOB, subject: BOB, aliases: [MAIL] },
  ]);
  expect(answers[1]?.row?.instance).toBe(answers[0]?.row?.instance);
});

test("a seat in another allotment has the aliases too, whatever is released in the same request", () => {
  const held = seatsOf([{ subject: BOB, addedAt: 1, aliases: [MAIL] }]);
  const gone = patch("", { instance: "1", deleted: NOW.toISOString() });
  const { answers } = applyPatches(held, [gone, patch(BOB, { allotment: "professional" })], how([MAIL, BOB]));
  expect(answers[0]?.row).toMatchObject({ subject: "", aliases: undefined });
  expect(answers[1]?.row).toMatchObject({ subject: BOB, aliases: [MAIL] });
});

test("a rejected add by an alias is its user's, and teaches nothing", () => {
  const held = seatsOf([{ subject: BOB, addedAt: 1, allotment: "professional" }], 0);
  const { answers, changes, rejected } = applyPatches(held, [patch(MAIL)], how([MAIL, BOB]));
  expect(answers[0]?.rejection).toBe("NO_AVAILABLE_UNITS");
  expect(changes).toEqual([]);
  expect(rejected).toMatchObject([{ index: BOB, subject: MAIL }]);
});

test("a life that the alias began before is found under both indexes", () => {
  const created = NOW.toISOString();
  const before = { subject: "", index: MAIL, addedAt: 1, created: NOW, source: "west", deleted: NOW };
  const context = how([MAIL, BOB]);
  const repeated = applyPatches(seatsOf([before]), [patch(MAIL, { created })], context);
  expect(repeated.answers[0]?.row).toMatchObject({ instance: "1", deleted: NOW });
  const own = { subject: BOB, addedAt: 1, created: NOW, source: "west", aliases: [MAIL] };
  const deleted = patch(MAIL, { created, deleted: created });
  const ended = applyPatches(seatsOf([own]), [deleted], context);
  expect(ended.changes).toMatchObject([{ kind: "delete", row: { instance: "1" } }]);
});

test("a delete that names the released life of an alias leaves the user's seat alone", () => {
  const lives = [
    { subject: BOB, addedAt: 1, aliases: [MAIL] },
    { subject: "", index: MAIL, addedAt: 2, created: NOW, source: "west", deleted: NOW },
  ];
  const deleted = patch(MAIL, { created: NOW.toISOString(), deleted: NOW.toISOString() });
  const { answers, changes } = applyPatches(seatsOf(lives), [deleted], how([MAIL, BOB]));
  expect(answers[0]?.row).toMatchObject({ instance: "2" });
  expect(changes).toEqual([]);
});

test("an undo restores the seat of the alias as the user's", () => {
  const gone = { subject: "", index: MAIL, addedAt: 2, version: 3, deleted: NOW };
  const take = patch(MAIL);
  const restores = { instance: "2", subject: MAIL, live: 1 };
  const reverts = new Map([[take, { version: 3, restores }]]);
  const context = { ...how([MAIL, BOB]), reverts };
  const alone = applyPatches(seatsOf([gone]), [take], context);
  expect(alone.answers[0]?.row).toMatchObject({ index: BOB, subject: MAIL, addedAt: 2 });
  const beside = applyPatches(
    seatsOf([gone, { subject: BOB, addedAt: 1, aliases: [MAIL] }]),
    [take],
    context,
  );
  expect(beside.changes).toEqual([]);
});

test("removing an alias takes it off every seat of its user; the alias has none", () => {
  const held = seatsOf([
    { subject: BOB, addedAt: 1, aliases: [MAIL, "bob"] },
    { subject: BOB, addedAt: 2, aliases: [MAIL], allotment: "professional" },
  ]);
  expect(told(removedAlias(held, { alias: MAIL, user: BOB }, how()))).toEqual([
    `1 is ${BOB} = bob (${BOB}) at 11, rank 1`,
    `2 is ${BOB} (${BOB}) at 12, rank 2`,
  ]);
});

test("a seat of which only the alias is known stays with that name, as a user of its own", () => {
  const held = seatsOf([{ subject: MAIL, index: BOB, addedAt: 1 }]);
  expect(told(removedAlias(held, { alias: MAIL, user: BOB }, how()))).toEqual([
    `1 is ${MAIL} (${MAIL}) at 11, rank 1`,
  ]);
});
