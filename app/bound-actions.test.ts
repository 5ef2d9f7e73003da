import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const IS_CLIENT = /^"use client"/;
/** React renders for ever after a plain form whose action is bound anew in each rendering. */
const BOUND = /\buse(?:Result|ActionState)\([^;]*?\.bind\(/;

test("no client component binds the action of its form while it renders", () => {
  const clients = ["app", "components"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => ({ file, code: readFileSync(file, "utf8") }))
    .filter(({ code }) => IS_CLIENT.test(code));
  expect(clients.filter(({ code }) => code.includes("useResult(")).length).toBeGreaterThan(10);
  expect(clients.filter(({ code }) => BOUND.test(code)).map(({ file }) => file)).toEqual([]);
});
