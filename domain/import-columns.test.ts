import { expect, test } from "vitest";
import { delimiterOf, importColumns } from "@/domain/import-columns";

test.each([
  [["acme\\bob", "analyzer"], { subject: 0, allotment: 1, hasHead: false }],
  [["acme\\bob"], { subject: 0, allotment: 1, hasHead: false }],
  [["Subject", "Allotment"], { subject: 0, allotment: 1, hasHead: true }],
  [["created", " TYPE ", "user"], { subject: 2, allotment: 1, hasHead: true }],
  [["subject"], { subject: 0, allotment: -1, hasHead: true }],
  [[""], { subject: 0, allotment: 1, hasHead: false }],
])("the columns of %j", (first, columns) => expect(importColumns(first)).toEqual(columns));

test.each([
  ["subject,allotment", ","],
  ["acme\\bob", ","],
  ["", ","],
  ["CN=Bob,OU=x;analyzer;1", ";"],
  ['"CN=Bob;OU=x;DC=y",analyzer', ","],
  ["acme\\bob\tanalyzer", "\t"],
])("%j is parted by %j", (line, delimiter) => expect(delimiterOf(line)).toBe(delimiter));
