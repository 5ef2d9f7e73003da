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
/** Pages for people who change the code: every file that they name has to exist. */
const MAPS = PAGES.filter((page) =>
  /(architecture|glossary|accessibility|asvs|trust|CONTRIBUTING|decisions\/\d.*)\.md$/.test(page),
);
/** Paths in packages, a build or a store. */
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

test("paths are distinguished from URLs and commands", () => {
  const text =
    "`server/store/sql.ts` `domain/` `app/(a)/[b]/c.tsx` `/v1/x` `npm run a/b` `proxy.ts` `a.b` `--x`";
  expect(pathsIn(text)).toEqual(["server/store/sql.ts", "domain/", "app/(a)/[b]/c.tsx", "proxy.ts"]);
});

/** Code that looks like a path of this project: it has a slash inside, or the extension of a source file. */
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

/** The anchors of headings, as code hosts create them. */
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
