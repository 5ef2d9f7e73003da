import { expect, test } from "vitest";
import type { Allotment, Definition, Overage } from "@/domain/licenses/definition";
import type { Feature } from "@/domain/licenses/features";
import { isLeftOut, type WhenOffline, withoutMinutes } from "./bounded-definition";

test.each<[WhenOffline, Feature[] | undefined, boolean]>([
  ["bounded", ["leases"], false],
  ["bounded", ["dual-use"], true],
  ["bounded", undefined, true],
  ["optimistic", undefined, false],
])("on a license that is %s a client with %j gets no minutes: %s", (whenOffline, features, isOut) => {
  expect(isLeftOut(whenOffline, features)).toBe(isOut);
});

test("only allotments of minutes with a cap lose their units and their overage", () => {
  const units = [{ count: 100, valid: "" }];
  const allotment = (name: string, usage: "time" | "assigned", overage?: Overage): Allotment => ({
    ...{ name, usage: { class: usage, minimum: 6 }, provisions: [], units },
    ...(overage === undefined ? {} : { overage }),
  });
  const allotments = [
    allotment("analyzer_time", "time", 20),
    allotment("script_time", "time"),
    allotment("core_time", "time", "YES"),
    allotment("analyzer", "assigned"),
  ];
  const definition: Definition = { product: "QSEfW", valid: "", trial: false, allotments, parameters: [] };
  const [capped, plain, ...others] = withoutMinutes(definition).allotments;
  expect(capped).toEqual({ ...allotment("analyzer_time", "time"), units: [] });
  expect(plain).toEqual({ ...allotment("script_time", "time"), units: [] });
  expect(others).toEqual(allotments.slice(2));
});
