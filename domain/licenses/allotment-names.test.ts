import { expect, test } from "vitest";
import { allotmentCalled, countedAs, meaningOf, renamedAllotment } from "./allotment-names";

test.each([
  ["professional", "assigned", "professional"],
  [" Analyzer ", "assigned", "analyzer"],
  ["ANALYZER_TIME", "time", "analyzer"],
  ["core_time", "time", null],
  ["viewer_time", "time", null],
])("the name %s implies %s and the access %s", (name, counted, accessType) => {
  expect(meaningOf(name)).toEqual({ class: counted, accessType });
});

test.each(["", "viewer", "analyser", "constructor"])("the name %j implies nothing", (name) => {
  expect(meaningOf(name)).toBeNull();
});

test("an allotment takes class and access type from its name while it is typed", () => {
  const typed = [..."analyzer_time"].reduce(
    (allotment, letter) => renamedAllotment(allotment, allotment.name + letter),
    allotmentCalled(""),
  );
  expect(typed).toMatchObject({
    name: "analyzer_time",
    usage: { class: "time", minimum: 6 },
    provisions: [{ accessType: "analyzer" }],
  });
});

test("a name that implies nothing keeps the class, and drops only the access type that the former name implied", () => {
  const named = renamedAllotment(allotmentCalled("analyzer_time"), "minutes");
  expect(named).toMatchObject({ usage: { class: "time" }, provisions: [] });
  const chosen = { ...allotmentCalled("viewer"), provisions: [{ accessType: "reader" }] };
  expect(renamedAllotment(chosen, "professional").provisions).toEqual([{ accessType: "reader" }]);
});

test("seats have no overage and no block", () => {
  const minutes = { ...allotmentCalled("core_time"), overage: 600 };
  expect(renamedAllotment(minutes, "core").overage).toBe(600);
  const seats = countedAs(minutes, "assigned");
  expect(seats.usage).toEqual({ class: "assigned", minimum: 1 });
  expect(seats).not.toHaveProperty("overage");
  expect(countedAs(minutes, "time")).toBe(minutes);
});
