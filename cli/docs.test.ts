import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const PAGES = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
  "findings/README.md",
  "ops/README.md",
];
/** Pages for those who change the code: each file that they name has to be there. */
const MAPS = PAGES.filter((page) =>
  /(architecture|glossary|accessibility|CONTRIBUTING|decisions\/\d.*)\.md$/.test(page),
);
/** Parts of packages, of a build and of a store. */
const FOREIGN = /^(next\/dist|\.next|pg)\//;
const FILE = /\.(ts|tsx|mjs|js|json|sql|prisma|md)$/;

test.each(MAPS)("every path that %s names exists", (page) => {
  expect(pathsIn(readFileSync(page, "utf8")).filter((path) => !existsSync(path))).toEqual([]);
});

test.each(PAGES)("every link of %s leads somewhere", (page) => {
  expect(linksIn(readFileSync(page, "utf8")).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

test("the map names many paths", () => {
  expect(pathsIn(readFileSync("docs/architecture.md", "utf8")).length).toBeGreaterThan(100);
});

test("paths are told from URLs and commands", () => {
  const text =
    "`server/store/sql.ts` `domain/` `app/(a)/[b]/c.tsx` `/v1/x` `npm run a/b` `proxy.ts` `a.b` `--x`";
  expect(pathsIn(text)).toEqual(["server/store/sql.ts", "domain/", "app/(a)/[b]/c.tsx", "proxy.ts"]);
});

/** Code that looks like a path of this project: it has a slash within, or the ending of a source file. */
function pathsIn(text: string): string[] {
  return spansIn(text).filter(
    (span) =>
      !FOREIGN.test(span) &&
      (/^[^/\s@-][^\s]*\/\S*$/.test(span) || (/^[\w.-]+$/.test(span) && FILE.test(span))),
  );
}

function spansIn(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
}

function linksIn(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path ? join(dirname(page), path) : page;
  if (!existsSync(target)) return false;
  return anchor === undefined || anchorsIn(readFileSync(target, "utf8")).includes(anchor);
}

/** The anchors of headings, as code hosts make them. */
function anchorsIn(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function withoutBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "");
}
