import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FOLDERS, importSettings, ROOMS } from "./import-rules";

test("the linter's settings equal the tables: `npm run rules` writes them", () => {
  expect(JSON.parse(readFileSync("biome.imports.json", "utf8"))).toEqual(importSettings());
});

test("every folder of code has a rule", () => {
  expect(Object.keys(FOLDERS).sort()).toEqual(foldersOf(".").filter(hasCode).sort());
});

test("every room of the server has a position in the order", () => {
  expect([...ROOMS].sort()).toEqual(
    foldersOf("server")
      .filter((room) => room !== "testing")
      .sort(),
  );
});

function foldersOf(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function hasCode(folder: string): boolean {
  const isForeign = folder.startsWith(".") || folder === "node_modules" || folder === "dist";
  return (
    !isForeign &&
    readdirSync(folder, { recursive: true, encoding: "utf8" }).some((file) => /\.(?:tsx?|mjs)$/.test(file))
  );
}
