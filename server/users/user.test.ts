import { expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { assignSeats, releaseSeats } from "@/server/assignments/changes/seat-changes";
import { recordConsumption } from "@/server/consumption/consumption";
import { recordSessions } from "@/server/consumption/sessions/session-intake";
import type { License } from "@/server/licenses/license";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { keyOf } from "@/server/testing/test-callers";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { element } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";
import { userNamed, userOfSeat } from "./user";

useStore();

const ALLOTMENTS = [seats("professional", 1), seats("Analyzer", 5), minutes("analyzer_time", 100)];
const scope = ({ number }: License) => ({ license: number, actor: SYSTEM, now: NOW });
const make = (customer: string) => makeLicense({ customer, product: "QSEfW", allotments: ALLOTMENTS });

async function instanceOf({ number }: License): Promise<string> {
  const row = await store().db.assignment.findFirstOrThrow({
    where: { license: number },
    orderBy: { version: "desc" },
  });
  return String(row.instance);
}

test("a user is shown with seats, rejections, deployments and history over all licenses", async () => {
  const [one, other] = [await make("Seated Ltd"), await make("Rejecting Ltd")];
  await assignSeats(scope(one), ["whole\\bob"], "Analyzer");
  await assignSeats(scope(other), ["someone\\else"], "professional");
  const call = await keyOf(other.number);
  const asked = ["WHOLE\\BOB", "whole\\eve"].map((subject) =>
    patchFor(other.number, subject, { allotment: "professional" }),
  );
  await sync(call({ source: "warsaw" }), asked);
  await sync(call({ source: "warsaw" }), [patchFor(other.number, "Whole\\Bob", { allotment: "Analyzer" })]);
  const user = await userOfSeat(OWNER, { license: one.number, instance: await instanceOf(one) }, NOW);
  expect(user).toMatchObject({
    subject: "whole\\bob",
    released: [],
    rejections: [{ license: other.number, allotment: "professional", code: "NO_AVAILABLE_UNITS", times: 1 }],
    deployments: [{ license: other.number, source: "warsaw" }],
    minutes: [],
  });
  expect(
    user.seats.map(({ license, allotment, subject, state }) => [license, allotment, subject, state]).sort(),
  ).toEqual(
    [
      [one.number, "Analyzer", "whole\\bob", "active"],
      [other.number, "Analyzer", "Whole\\Bob", "active"],
    ].sort(),
  );
  expect(user.licenses.map(({ customer }) => customer.name).sort()).toEqual(["Rejecting Ltd", "Seated Ltd"]);
  expect(user.events.map(({ kind, allotment }) => `${kind} ${allotment}`)).toEqual([
    "added Analyzer",
    "added Analyzer",
  ]);
});

test("a seat that took the place of a released one leads to the user", async () => {
  const license = await make("Back again");
  await assignSeats(scope(license), ["back\\bob"], "Analyzer");
  const seat = { license: license.number, instance: await instanceOf(license) };
  await releaseSeats(scope(license), [seat.instance]);
  const later = new Date(NOW.getTime() + 1000);
  await assignSeats({ ...scope(license), now: later }, ["BACK\\bob"], "Analyzer");
  expect((await userOfSeat(OWNER, seat, NOW)).subject).toBe("BACK\\bob");
});

test("after the release no name is left, and the history of that license stays", async () => {
  const [one, other] = [await make("Gone A"), await make("Gone B")];
  for (const license of [one, other]) await assignSeats(scope(license), ["gone\\bob"], "Analyzer");
  const seat = { license: one.number, instance: await instanceOf(one) };
  await releaseSeats(scope(one), [seat.instance]);
  const gone = await userOfSeat(OWNER, seat, NOW);
  expect(JSON.stringify(gone)).not.toContain("bob");
  expect(gone).toMatchObject({
    subject: null,
    seats: [],
    released: [{ ...seat, allotment: "Analyzer", released: NOW }],
    events: [{ kind: "released" }, { kind: "added" }],
  });
  const named = await userNamed(OWNER, "GONE\\bob", NOW);
  expect([named.seats.length, named.released.length, named.licenses.length]).toEqual([1, 1, 2]);
});

test("seats beyond the units are in excess", async () => {
  const license = await makeLicense({ allotments: [seats("professional", 2)] });
  await assignSeats(scope(license), ["first\\ann", "second\\bob"], "professional");
  const fewer = {
    product: "QSEfW",
    valid: "",
    trial: false,
    allotments: [seats("professional", 1)],
    parameters: [],
  };
  await putDefinition(license.number, fewer, null, false, SYSTEM, NOW);
  const stateOf = async (name: string) => (await userNamed(OWNER, name, NOW)).seats[0]?.state;
  expect([await stateOf("first\\ann"), await stateOf("second\\bob")]).toEqual(["active", "excess"]);
});

test("minutes are shown of licenses that keep names only", async () => {
  const [named, silent] = [await make("Keeps names"), await make("Keeps none")];
  await changeLicense(named.number, { settings: { sessionNames: true } }, null, SYSTEM, NOW);
  for (const license of [named, silent]) {
    await assignSeats(scope(license), ["busy\\bob"], "Analyzer");
    const caller = (await keyOf(license.number))({ source: "warsaw" });
    const at = NOW.toISOString();
    const items = [
      element(30, { sessions: [{ id: "s1", subject: "BUSY\\bob", start: at, end: at, minutes: 18 }] }),
    ];
    const report = { caller, elements: items.map((item) => readElement(item, NOW)), now: NOW };
    await recordSessions(report, items, await recordConsumption(report));
  }
  const { minutes: shown, licenses } = await userNamed(OWNER, "busy\\bob", NOW);
  expect(shown).toEqual([{ license: named.number, allotment: "analyzer_time", minutes: 18, sessions: 1 }]);
  expect(licenses.filter(({ keepsNames }) => !keepsNames).map(({ number }) => number)).toEqual([
    silent.number,
  ]);
});

test("other customers' licenses add nothing, and an unknown seat is not found", async () => {
  const [mine, theirs] = [await make("Mine"), await make("Theirs")];
  for (const license of [mine, theirs]) await assignSeats(scope(license), ["scoped\\bob"], "Analyzer");
  const admin: Principal = { ...OWNER, role: "license-admin", customers: [mine.customer.id] };
  const user = await userNamed(admin, "scoped\\bob", NOW);
  expect(user.licenses.map(({ number }) => number)).toEqual([mine.number]);
  for (const instance of ["1", "x", ""])
    await expect(userOfSeat(OWNER, { license: mine.number, instance }, NOW)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
});
