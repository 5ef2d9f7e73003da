import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** Pages that name many files of this project: each has to be there. */
const MAPS = ["docs/architecture.md", "docs/glossary.md"];
const PAGES = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
  "findings/README.md",
  "ops/README.md",
];
const FILE = /\.(ts|tsx|mjs|js|json|sql|prisma|md)$/;

test.each(MAPS)("every path that %s names exists", (page) => {
  const named = pathsIn(readFileSync(page, "utf8"));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test.each(PAGES)("every link of %s leads somewhere", (page) => {
  expect(linksIn(readFileSync(page, "utf8")).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

test("paths are told from URLs, commands and media types", () => {
  const text = "`server/sql.ts` `domain/` `app/(a)/[b]/c.tsx` `/v1/x` `npm run a/b` `proxy.ts` `a.b` `--x`";
  expect(pathsIn(text)).toEqual(["server/sql.ts", "domain/", "app/(a)/[b]/c.tsx", "proxy.ts"]);
});

/** Code that looks like a path of this project: it has a slash within, or the ending of a source file. */
function pathsIn(text: string): string[] {
  return spansIn(text).filter(
    (span) => /^[^/\s@-][^\s]*\/\S*$/.test(span) || (/^[\w.-]+$/.test(span) && FILE.test(span)),
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
