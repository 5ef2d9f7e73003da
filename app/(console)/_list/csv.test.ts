import { expect, test } from "vitest";
import { type CsvCell, csvDownload } from "./csv";

async function textOf(...pages: CsvCell[][][]): Promise<string> {
  const result = csvDownload("seats", ["name", "minutes"], pagesOf(pages));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await result.arrayBuffer());
}

async function* pagesOf(pages: CsvCell[][][]) {
  yield* pages;
}

test("pages become one file with a head", async () => {
  expect(await textOf([["Warsaw", 1]], [], [["Munich, prod", null]])).toBe(
    '\uFEFFname,minutes\r\nWarsaw,1\r\n"Munich, prod",\r\n',
  );
});

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@sum(a1)", "'@sum(a1)"],
  ["\tx", "'\tx"],
  ["a=b", "a=b"],
  ["8471503661037715228", "'8471503661037715228"],
  ["007", "'007"],
])("the text %j is written as %j", async (text, written) => {
  expect(await textOf([[text, 1]])).toContain(`\r\n${written},1\r\n`);
});

test("a number stays a number, also a negative or a long one", async () => {
  expect(await textOf([["x", -41]])).toContain("x,-41");
  expect(await textOf([["x", 1_000_000_000_000]])).toContain("x,1000000000000");
});

test("it is a download that names its file", () => {
  const { headers } = csvDownload("seats", [], pagesOf([]));
  expect(headers.get("content-disposition")).toBe('attachment; filename="seats.csv"');
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
});
