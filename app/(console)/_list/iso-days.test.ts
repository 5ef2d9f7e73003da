import { expect, test } from "vitest";
import { dayShown, isoDays } from "./iso-days";

const NAMES = ["from", "to"];

test.each([
  ["d MMM yyyy", { from: "28 Nov 2026", q: "1 Dec 2026" }, "from=2026-11-28&q=1+Dec+2026"],
  ["dd/MM/yyyy", { from: "03/08/2026", to: "soon" }, "from=2026-08-03&to=soon"],
  ["MM/dd/yyyy", { from: "03/08/2026", q: ["a", "b"] }, "from=2026-03-08&q=a&q=b"],
  ["dd.MM.yyyy", { from: "2026-08-03", to: " 1.9.2026 " }, "from=2026-08-03&to=2026-09-01"],
] as const)("in %s, %j is sent as %s", (form, { ...address }, search) =>
  expect(isoDays(address as Record<string, string>, NAMES, form)).toBe(search),
);

test.each([{ from: "2026-11-28", q: "x" }, { from: "soon", to: "" }, { from: undefined }])(
  "%j stays",
  (address) => expect(isoDays(address, NAMES, "d MMM yyyy")).toBeNull(),
);

test("a field shows its day, or what can't be read", () => {
  expect(dayShown(new Date("2026-11-28"), "28 Nov 2026")).toBe("2026-11-28");
  expect(dayShown(null, " soon ")).toBe("soon");
  expect(dayShown(null, undefined)).toBe("");
});
