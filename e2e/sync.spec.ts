import { subject } from "./canary";
import { expect, type Licensed, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { expectRefusal } from "./problem";
import { assignmentsOf, call, newPatch, type Patch, type SyncReply, sync } from "./product";

const code = (patch: Patch | undefined) => patch?.rejection?.split(":")[0];

/** Sends patches from one source with its base, 0 by default. */
function send({ site, number }: Licensed, patches: Partial<Patch>[], source = "site", version = 0) {
  return sync(site, { source, bases: [{ license: number, version }], patches });
}

async function sendOne(
  license: Licensed,
  patch: Partial<Patch>,
  source = "site",
): Promise<Patch | undefined> {
  const { status, body } = await send(license, [patch], source);
  expect(status).toBe(200);
  return body.patches[0];
}

const long = "a".repeat(201);
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The server echoes non-text values as text, and leaves out the mark of automatic patches. */
function asEchoed(sent: object = {}): Record<string, unknown> {
  const echoed = Object.entries(sent).map(([name, value]) => {
    if (typeof value === "string" || name === "version" || typeof value === "boolean") return [name, value];
    return [name, value === undefined ? undefined : String(value)];
  });
  const { auto, ...texts } = Object.fromEntries(echoed);
  return JSON.parse(JSON.stringify(typeof auto === "boolean" ? { ...texts, auto } : texts));
}

/** In the order of the checks: each patch also has all the faults that are checked later. */
const WRONG: [string, string, Partial<Patch> | Record<string, unknown>][] = [
  ["a foreign license", "UNKNOWN_LICENSE", { license: "9999 0000 0000 1253", subject: "", created: "x" }],
  ["no license", "UNKNOWN_LICENSE", { license: undefined }],
  ["a license that is a number", "UNKNOWN_LICENSE", { license: 9999 }],
  ["NUL in its license", "UNKNOWN_LICENSE", { license: "\0" }],
  ["white space in its instance", "INVALID_INSTANCE", { instance: " 8471503661037715228", subject: "" }],
  ["a number as instance", "INVALID_INSTANCE", { instance: 8471503661037715 }],
  ["an instance that is no decimal", "INVALID_INSTANCE", { instance: "8471-5036", deleted: "now" }],
  ["an empty subject", "INVALID_SUBJECT", { subject: "", created: "x" }],
  ["white space as subject", "INVALID_SUBJECT", { subject: " \u00a0" }],
  ["no subject", "INVALID_SUBJECT", { subject: undefined }],
  ["a number as subject", "INVALID_SUBJECT", { subject: 7 }],
  ["NUL in its subject", "INVALID_SUBJECT", { subject: "acme\\\0bob" }],
  ["a line break in its subject", "INVALID_SUBJECT", { subject: "acme\\bob\n" }],
  ["a lone surrogate in its subject", "INVALID_SUBJECT", { subject: "acme\\\ud800" }],
  ["201 characters as subject", "INVALID_SUBJECT", { subject: long }],
  ["no timestamp", "INVALID_TIMESTAMP", { created: undefined, allotment: "nothing" }],
  ["a day as timestamp", "INVALID_TIMESTAMP", { created: "2019-04-18" }],
  ["a timestamp without zone", "INVALID_TIMESTAMP", { created: "2019-04-18T10:01:35" }],
  ["the 30th of February", "INVALID_TIMESTAMP", { created: "2019-02-30T10:01:35Z" }],
  ["the year 0", "INVALID_TIMESTAMP", { created: "0000-01-01T00:00:00Z" }],
  ["seconds since 1970", "INVALID_TIMESTAMP", { created: 1_555_581_695 }],
  ["NUL in its timestamp", "INVALID_TIMESTAMP", { created: "2019-04-18T10:01:35Z\0" }],
  ["an automatic mark that is text", "INVALID_ITEM", { auto: "yes", allotment: "nothing" }],
  ["an unknown allotment", "UNKNOWN_ALLOTMENT", { allotment: "nothing" }],
  ["no allotment", "UNKNOWN_ALLOTMENT", { allotment: undefined }],
  ["NUL in its allotment", "UNKNOWN_ALLOTMENT", { allotment: "\0" }],
  ["a lone surrogate in its allotment", "UNKNOWN_ALLOTMENT", { allotment: "\udfff" }],
  ["201 characters as allotment", "UNKNOWN_ALLOTMENT", { allotment: long }],
  ["an allotment of minutes", "NOT_ASSIGNABLE", { allotment: "analyzer_time" }],
  ["an automatic mark with the switch off", "AUTO_ASSIGN_OFF", { auto: true }],
];

test("a wrong value rejects its own patch and is echoed, and the other patches count", async ({ issue }) => {
  const license = await issue({ allotments: [seats(100), timeAllotment()] });
  const wrong = WRONG.map(
    ([, , change]) => ({ ...newPatch(license.number, subject("wrong")), ...change }) as Patch,
  );
  const good = WRONG.map((_, turn) => newPatch(license.number, subject(`good ${turn}`)));
  const { status, body } = await send(
    license,
    wrong.flatMap((patch, turn) => [patch, good[turn] as Patch]),
  );
  expect(status).toBe(200);
  const responses = body.patches.filter((_, turn) => turn % 2 === 0);
  for (const [turn, [name, expected]] of WRONG.entries()) {
    expect(code(responses[turn]), name).toBe(expected);
    const { rejection: _, ...returned } = responses[turn] as Patch;
    expect(JSON.parse(JSON.stringify(returned)), name).toMatchObject(asEchoed(wrong[turn]));
  }
  const taken = body.patches.filter((_, turn) => turn % 2 === 1);
  expect(taken.map(({ subject: who, rejection }) => [who, rejection])).toEqual(
    good.map(({ subject: who }) => [who, ""]),
  );
  expect(await assignmentsOf(license.site, license.number)).toHaveLength(good.length);
});

test("one invalid patch among a thousand leaves the rest accepted", async ({ issue }) => {
  const license = await issue({ allotments: [seats(1000)] });
  const patches = Array.from({ length: 1000 }, (_, turn) =>
    newPatch(license.number, subject(`user ${turn}`)),
  );
  patches[617] = newPatch(license.number, "\0\ud800");
  const { body } = await send(license, patches);
  expect(body.patches.map(code).filter(Boolean)).toEqual(["INVALID_SUBJECT"]);
  expect(body.bases[0]?.version).toBe(body.patches[999]?.version);
  expect(await assignmentsOf(license.site, license.number)).toHaveLength(999);
});

test("rejected patches change no seat and no version", async ({ issue }) => {
  const license = await issue({ allotments: [seats(1)] });
  const first = await send(license, [newPatch(license.number, subject("bob"))]);
  const wrong = WRONG.map(
    ([, , change]) => ({ ...newPatch(license.number, subject("eve")), ...change }) as Patch,
  );
  const { body } = await send(license, [...wrong, newPatch(license.number, subject("eve"))], "site", 1);
  expect(body.bases).toEqual(first.body.bases);
  expect(code(body.patches.at(-1))).toBe("NO_AVAILABLE_UNITS");
});

test("a subject may be any text of 200 characters, and is matched case-insensitively", async ({ issue }) => {
  const license = await issue({ allotments: [seats(10)] });
  const widest = `${subject("")}${"😀".repeat(200 - subject("").length)}`;
  expect((await sendOne(license, newPatch(license.number, widest)))?.rejection).toBe("");
  const bob = await sendOne(license, newPatch(license.number, subject("Bob")));
  const again = await sendOne(
    license,
    newPatch(license.number, ` ${subject("bOB").toUpperCase()} `),
    "other",
  );
  expect(again).toMatchObject({ instance: bob?.instance, subject: subject("Bob"), rejection: "" });
  const umlaut = await sendOne(license, newPatch(license.number, subject("Jörg")));
  const decomposed = await sendOne(license, newPatch(license.number, subject("Jo\u0308rg")));
  expect(decomposed?.instance).toBe(umlaut?.instance);
});

test("of many simultaneous adds exactly one gets the last seat", async ({ issue }) => {
  const license = await issue({ allotments: [seats(1)] });
  const responses = await Promise.all(
    Array.from({ length: 12 }, (_, turn) =>
      sendOne(license, newPatch(license.number, subject(`user ${turn}`)), `site ${turn}`),
    ),
  );
  expect(responses.map(code).sort()).toEqual(["", ...Array(11).fill("NO_AVAILABLE_UNITS")]);
  expect(await assignmentsOf(license.site, license.number)).toHaveLength(1);
});

test("a repeated add gets the existing assignment, even if every seat is taken", async ({ issue }) => {
  const license = await issue({ allotments: [seats(1)] });
  const bob = newPatch(license.number, subject("bob"));
  const first = await sendOne(license, bob);
  expect(await sendOne(license, bob)).toEqual(first);
  expect((await sendOne(license, newPatch(license.number, subject("bob")), "other"))?.instance).toBe(
    first?.instance,
  );
});

test("a retried add doesn't restore an assignment deleted in between", async ({ issue }) => {
  const license = await issue({ allotments: [seats(5)] });
  const add = newPatch(license.number, subject("bob"));
  const added = await sendOne(license, add);
  await sendOne(license, { ...added, deleted: new Date().toISOString() }, "other");
  const retried = await sendOne(license, add);
  expect(retried).toMatchObject({ instance: added?.instance, subject: "", rejection: "" });
  expect(retried?.deleted, "the server's own time").toMatch(MOMENT);
  expect(await assignmentsOf(license.site, license.number)).toEqual([]);
});

test("deletes are always accepted: repeated, of unknown instances, and by the original add", async ({
  issue,
}) => {
  const license = await issue({ allotments: [seats(5)] });
  const deleted = new Date().toISOString();
  const bob = await sendOne(license, newPatch(license.number, subject("bob")));
  for (let turn = 0; turn < 2; turn += 1)
    expect(await sendOne(license, { ...bob, deleted })).toMatchObject({
      instance: bob?.instance,
      rejection: "",
    });
  const unknown = {
    ...newPatch(license.number, subject("eve")),
    instance: "5382018630938057025",
    version: 3,
  };
  const { deleted: gone } = (await sendOne(license, unknown)) ?? {};
  expect(gone, "an unknown instance is answered as deleted").toMatch(MOMENT);
  expect((await sendOne(license, { ...unknown, deleted }))?.rejection).toBe("");

  const carol = newPatch(license.number, subject("carol"));
  await sendOne(license, carol);
  await sendOne(license, { ...carol, deleted }, "someone else");
  expect(await assignmentsOf(license.site, license.number), "another source's life stays").toHaveLength(1);
  await sendOne(license, { ...carol, deleted });
  expect(await assignmentsOf(license.site, license.number)).toEqual([]);
});

test("an instance that is no number matches no assignment", async ({ issue }) => {
  const license = await issue({ allotments: [seats(5)] });
  await sendOne(license, newPatch(license.number, subject("bob")));
  const odd = ["-1", "0", "1.5", "x", "\0", "9".repeat(30), "1; DELETE FROM assignment", 7, null, {}];
  const patches = odd.map((instance) => ({ ...newPatch(license.number, subject("eve")), instance }) as Patch);
  const { status } = await send(license, patches);
  expect(status).toBe(200);
  const rows = await assignmentsOf(license.site, license.number);
  expect(rows.map(({ subject: who }) => who)).toContain(subject("bob"));
});

test("a new lastUsed is recorded without a new version", async ({ issue }) => {
  const license = await issue({ allotments: [seats(5)] });
  const bob = await sendOne(license, newPatch(license.number, subject("bob")));
  const used = await send(license, [{ ...bob, lastUsed: new Date().toISOString() }], "site", bob?.version);
  expect(used.body.patches).toMatchObject([
    { instance: bob?.instance, version: bob?.version, rejection: "" },
  ]);
  expect(used.body.bases[0]?.version).toBe(bob?.version);
});

test("an unknown base gets a snapshot of the live assignments", async ({ issue }) => {
  const license = await issue({ allotments: [seats(5)] });
  const [bob, eve] = [subject("bob"), subject("eve")].map((who) => newPatch(license.number, who));
  const first = await send(license, [bob as Patch, eve as Patch]);
  const [dead] = first.body.patches;
  await sendOne(license, { ...dead, deleted: new Date().toISOString() });
  const { number, site } = license;
  const epoch = first.body.bases[0]?.epoch ?? "";
  for (const bases of [
    [],
    [{ license: number, version: 0 }],
    [{ license: number, version: 99 }],
    [{ license: number, version: 1, epoch: `${epoch}x` }],
    [{ license: number, version: -1 }],
  ]) {
    const { body } = await sync(site, { source: "other", bases, patches: [] });
    expect(body, JSON.stringify(bases)).toMatchObject({
      snapshot: true,
      patches: [{ subject: subject("eve") }],
    });
    expect(body.bases[0]?.version).toBe(3);
  }
  const delta = await sync(site, {
    source: "other",
    bases: [{ license: number, version: 2, epoch }],
    patches: [],
  });
  expect(delta.body.snapshot).toBeUndefined();
  expect(delta.body.patches).toMatchObject([{ instance: dead?.instance, subject: "" }]);
});

test("a base of another license is ignored, and two bases of the same license are refused", async ({
  license: { site, number },
}) => {
  const foreign = { license: "9999000000001253", version: 4 };
  const { body } = await sync(site, {
    source: "a",
    bases: [foreign, { license: number, version: 0 }],
    patches: [],
  });
  expect(body.bases.map(({ license }) => license)).toEqual([number]);
  const twice = [0, 1].map((version) => ({ license: number, version }));
  expectRefusal(await sync(site, { source: "a", bases: twice, patches: [] }), 422, "INVALID_BODY");
});

test("more than 5,000 patches are refused as a whole and change nothing", async ({ issue }) => {
  const license = await issue({ allotments: [seats(9000)] });
  const patches = Array.from({ length: 5001 }, (_, turn) => newPatch(license.number, subject(`${turn}`)));
  expectRefusal(await send(license, patches), 422, "INVALID_BODY");
  expect(await assignmentsOf(license.site, license.number)).toEqual([]);
});

test("a large snapshot is paged: every row arrives once, and the base with the last page", async ({
  issue,
}) => {
  const license = await issue({ allotments: [seats(6000)] });
  for (const half of [0, 1]) {
    const patches = Array.from({ length: 2600 }, (_, turn) =>
      newPatch(license.number, subject(`${half}-${turn}`)),
    );
    expect((await send(license, patches)).status).toBe(200);
  }
  const request = { source: "newcomer", bases: [{ license: license.number, version: 0 }], patches: [] };
  const first = await sync(license.site, request);
  expect(first.body.patches).toHaveLength(5000);
  expect(first.body.more).toEqual(expect.any(String));
  expect(first.body.bases[0]?.version).toBe(0);
  const second = await sync(license.site, { ...request, after: first.body.more });
  expect(second.body.more).toBeUndefined();
  expect(second.body.bases[0]?.version).toBe(5200);
  const instances = [...first.body.patches, ...second.body.patches].map(({ instance }) => instance);
  expect(new Set(instances).size).toBe(5200);
});

test("a sync with an invalid source is refused as a whole and changes nothing", async ({ issue }) => {
  const license = await issue({ allotments: [seats(5)] });
  for (const source of [undefined, null, 7, [], "", "  ", "\0", "\ud800", long]) {
    const body = { source, bases: [], patches: [newPatch(license.number, subject("bob"))] };
    expectRefusal(
      await call<SyncReply>(license.site, "POST", "/v1/assignments/sync", body),
      422,
      "INVALID_BODY",
    );
  }
  expect(await assignmentsOf(license.site, license.number)).toEqual([]);
});
