import { expect, test } from "vitest";
import { ownPath } from "./own-path";

test.each(["/", "/licenses?sort=number", "/users/9999000000001253/7"])(
  "%s is a path of this console",
  (path) => expect(ownPath(path)).toBe(path),
);

test.each([
  "https://evil.example/",
  "//evil.example/licenses",
  "/\\evil.example",
  "/\t/evil.example",
  "/./\\evil.example",
  "/..//evil.example",
  "javascript:alert(1)",
  "licenses",
  "",
  null,
  ["/licenses"],
])("%j leads to the start page", (next) => expect(ownPath(next)).toBe("/"));
