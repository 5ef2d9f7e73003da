import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import { makeLicense, minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { simulateAutoAssign } from "./auto-assign-simulation";
import { assignSeats } from "./seat-changes";

useStore();

const ON = { professional: true, analyzer: true };

async function askers(number: string, ...subjects: string[]) {
  for (const [at, subject] of subjects.entries()) {
    const created = NOW.toISOString();
    const patch = {
      instance: "",
      version: 0,
      license: number,
      allotment: "analyzer",
      subject,
      created,
      auto: true,
    };
    const now = new Date(NOW.getTime() + at * 1000);
    await changeAssignments(number, [patch], { source: "site", actor: SYSTEM, now });
  }
}

test("the first to ask gets a seat first, and a user who holds a seat by now isn't counted", async () => {
  const { number } = await makeLicense({ allotments: [seats("professional", 2), seats("analyzer", 1)] });
  await askers(number, "eve", "bob", "EVE", "kim", "lee");
  await assignSeats({ license: number, actor: SYSTEM, now: NOW }, ["lee"], "professional");
  expect(await simulateAutoAssign(number, ON, NOW)).toEqual({
    people: 3,
    given: [
      { allotment: "professional", class: "assigned", count: 1 },
      { allotment: "analyzer", class: "assigned", count: 1 },
    ],
    refused: 1,
    shown: [
      { subject: "eve", gets: { allotment: "professional", class: "assigned" } },
      { subject: "bob", gets: { allotment: "analyzer", class: "assigned" } },
      { subject: "kim", gets: null },
    ],
  });
});

test("with minutes nobody is refused, and an expired license gives nothing", async () => {
  const allotments = [seats("analyzer", 1), minutes("analyzer_time", 60)];
  const { number } = await makeLicense({ allotments, valid: "./2026-08-31" });
  await askers(number, "eve", "bob");
  expect((await simulateAutoAssign(number, ON, NOW)).given.map(({ count }) => count)).toEqual([1, 1]);
  const over = new Date("2026-12-01T00:00:00Z");
  expect(await simulateAutoAssign(number, ON, over)).toMatchObject({ people: 2, refused: 2, given: [] });
});
