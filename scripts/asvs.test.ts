import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they are numbered first in their section. */
const SECTIONS: Record<string, number> = {
  ...{ "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2 },
  ...{ "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1 },
  ...{ "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2 },
  ...{ "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4 },
  ...{ "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3 },
  ...{ "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4 },
  ...{ "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2 },
  ...{ "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1 },
  ...{ "9.1": 3, "9.2": 4 },
  ...{ "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3 },
  ...{ "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1 },
  ...{ "12.1": 3, "12.2": 2, "12.3": 4 },
  ...{ "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5 },
  ...{ "14.1": 2, "14.2": 4, "14.3": 3 },
  ...{ "15.1": 3, "15.2": 3, "15.3": 7 },
  ...{ "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3 },
  ...{ "17.1": 1, "17.2": 4, "17.3": 2 },
};

const STATES = ["met", "partly", "not met", "operator", "n/a"];

const PAGE = readFileSync("docs/asvs.md", "utf8");
const ROWS = [...PAGE.matchAll(/^\| (\d[^|]*) \| [^|]+ \| ([^|]+) \| (.+) \|$/gm)].map(
  ([, ids = "", state = "", text = ""]) => ({ ids, state, text }),
);

test("every requirement of levels 1 and 2 is listed once", () => {
  const all = Object.entries(SECTIONS).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, nth) => `${section}.${nth + 1}`),
  );
  expect(all).toHaveLength(253);
  expect(ROWS.flatMap(({ ids }) => ids.split(", ").flatMap(idsIn)).toSorted()).toEqual(all.toSorted());
});

test.each(ROWS)("$ids has a state, and names where to look", ({ state, text }) => {
  expect(STATES).toContain(state);
  if (state === "met") expect(text).toMatch(/`|\]\(/);
});

test("every file and every test that is named exists", () => {
  const named = [...PAGE.matchAll(/`([^`\s]+\/[^`\s]*|[\w.-]+\.(?:ts|json|yaml))`(?: "([^"]+)")?/g)];
  const missing = named.filter(([, path = "", title]) => !existsSync(path) || !hasTest(path, title));
  expect(named.length).toBeGreaterThan(150);
  expect(missing.map(([text]) => text)).toEqual([]);
});

/** `6.1.1–6.1.3` names three requirements. */
function idsIn(text: string): string[] {
  const [first = "", last = first] = text.split("–");
  const [section, from, to] = [first.replace(/\.\d+$/, ""), numberOf(first), numberOf(last)];
  return Array.from({ length: to - from + 1 }, (_, nth) => `${section}.${from + nth}`);
}

function numberOf(id: string): number {
  return Number(id.split(".").at(-1));
}

function hasTest(path: string, title: string | undefined): boolean {
  return title === undefined || readFileSync(path, "utf8").includes(title);
}
