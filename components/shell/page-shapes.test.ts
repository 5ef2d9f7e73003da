import { expect, test } from "vitest";
import { licenseIn, shapeOf } from "./page-shapes";

const LICENSE = "/licenses/9999000000010012";

test.each([
  ["/licenses/new", "form"],
  ["/customers/5f0c", "list"],
  ["/customers/new", "form"],
  [LICENSE, "list"],
  [`${LICENSE}/keys`, "list"],
  [`${LICENSE}/keys/new`, "form"],
  [`${LICENSE}/capacity`, "chart"],
  [`${LICENSE}/assignments/import`, "form"],
  [`${LICENSE}/definition`, "form"],
])("%s has the shape of %s", (path, shape) => expect(shapeOf(path).of).toBe(shape));

test.each([
  ["/", 1],
  ["/licenses", 3],
  ["/customers", 1],
  ["/people", 2],
  ["/users", 1],
  ["/tokens", 2],
  ["/audit", 1],
  [LICENSE, 0],
  [`${LICENSE}/audit`, 1],
  [`${LICENSE}/assignments`, 1],
])("%s is a list under %i lines", (path, lines) => expect(shapeOf(path)).toEqual({ of: "list", lines }));

test.each([
  [LICENSE, "9999000000010012"],
  [`${LICENSE}/audit`, "9999000000010012"],
  ["/licenses", null],
  ["/licenses/new", null],
])("%s is about the license %s", (path, license) => expect(licenseIn(path)).toBe(license));
