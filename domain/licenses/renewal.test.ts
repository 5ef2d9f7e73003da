import { expect, test } from "vitest";
import type { Definition } from "./definition";
import { lastDayOfLicense, renewed, renewedUntil } from "./renewal";

const DEFINITION: Definition = {
  product: "QSEfW",
  valid: "2026-01-01/2026-12-31",
  trial: false,
  allotments: [
    {
      name: "professional",
      usage: { class: "assigned", minimum: 1 },
      provisions: [],
      units: [
        { count: 400, valid: "2026-01-01/2026-12-31" },
        { count: 20, valid: "./2026-09-30" },
        { count: 30, valid: "" },
      ],
    },
  ],
  parameters: [{ name: "prices", valid: "./2026-12-31" }],
};

test("a renewal moves the end of the license, and of what ends with it", () => {
  const after = renewed(DEFINITION, "2027-12-31");
  expect(after.valid).toBe("2026-01-01/2027-12-31");
  expect(after.allotments[0]?.units.map(({ valid }) => valid)).toEqual([
    "2026-01-01/2027-12-31",
    "./2026-09-30",
    "",
  ]);
  expect(after.parameters[0]?.valid).toBe("./2027-12-31");
});

test("a license without an end can't be renewed", () => {
  const open = { ...DEFINITION, valid: "2026-01-01/." };
  expect(lastDayOfLicense(open)).toBeNull();
  expect(renewed(open, "2027-12-31")).toEqual(open);
});

test.each([
  ["2026-12-31", 12, "2027-12-31"],
  ["2026-12-31", 3, "2027-03-31"],
  ["2026-12-31", 2, "2027-02-28"],
  ["2027-02-28", 12, "2028-02-29"],
  ["2026-09-15", 3, "2026-12-15"],
  ["2027-01-30", 1, "2027-02-28"],
  ["2027-01-29", 13, "2028-02-29"],
  ["2027-04-30", 1, "2027-05-31"],
  ["2024-05-31", 12, "2027-08-23"],
])("%s renewed for %i months is %s", (end, months, last) =>
  expect(renewedUntil(end, months, new Date("2026-08-23T12:00:00Z"))).toBe(last),
);
