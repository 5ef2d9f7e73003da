import { expect, test } from "vitest";
import { guessColumns, guessSeparator, lineOf } from "./import-columns";
import { kindOfHeading } from "./import-headings";

const SEATS = ["Professional", "analyzer"];
const rowsOf = (text: string, separator = ",") => text.split("\n").map((line) => line.split(separator));

test.each([
  ["username", "user"],
  ["User Name", "user"],
  ["SUBJECT", "user"],
  ["\uFEFFuserId", "user"],
  ["E-mail", "email"],
  ["e_mail address", "email"],
  ["Benutzername", "user"],
  ["E-Mail-Adresse", "email"],
  ["Domäne", "directory"],
  ["Nom d’utilisateur", "user"],
  ["Prénom", "other"],
  ["Adresse électronique", "email"],
  ["userDirectory", "directory"],
  ["licenseType", "allotment"],
  ["Lizenztyp", "allotment"],
  ["acme\\bob", undefined],
  ["professional", undefined],
  ["", undefined],
])("the headings %j mean %s", (cell, kind) => expect(kindOfHeading(cell)).toBe(kind));

test.each([
  ["username\nbob", { first: 2, user: 0, directory: -1, allotment: -1 }],
  ["E-mail\nbob@acme.example", { first: 2, user: 0, directory: -1, allotment: -1 }],
  ["acme\\bob,analyzer", { first: 1, user: 0, directory: -1, allotment: 1 }],
  ["bob\neve", { first: 1, user: 0, directory: -1, allotment: -1 }],
  ["analyzer,bob\nprofessional,eve", { first: 1, user: 0, directory: -1, allotment: -1 }],
  ["analyzer,acme\\bob\nprofessional,acme\\eve", { first: 1, user: 1, directory: -1, allotment: 0 }],
  ["Subject,Allotment\nbob,analyzer", { first: 2, user: 0, directory: -1, allotment: 1 }],
  ["created, TYPE ,user\n2026,analyzer,bob", { first: 2, user: 2, directory: -1, allotment: 1 }],
  [
    "name,userDirectory,userId,licenseType\nBob B,ACME,bob,Analyzer",
    { first: 2, user: 2, directory: 1, allotment: 3 },
  ],
  ["Domain,E-mail\nacme,bob@acme.example", { first: 2, user: 1, directory: -1, allotment: -1 }],
  ["Vorname,Nachname,Benutzername\nBob,B,bob", { first: 2, user: 2, directory: -1, allotment: -1 }],
  [
    "Who works here,as of May\n\nBenutzer,Lizenz\nbob,analyzer",
    { first: 4, user: 0, directory: -1, allotment: 1 },
  ],
  ["All our users\nusername\nbob", { first: 3, user: 0, directory: -1, allotment: -1 }],
  ["bob\nusername\neve", { first: 1, user: 0, directory: -1, allotment: -1 }],
  ["acme\\bob,x\nname,type\nacme\\eve,x", { first: 1, user: 0, directory: -1, allotment: -1 }],
  [
    "ログイン,種類\nacme\\bob,analyzer\nacme\\eve,analyzer",
    { first: 2, user: 0, directory: -1, allotment: 1 },
  ],
  ["sep=,\nbob,analyzer", { first: 2, user: 0, directory: -1, allotment: 1 }],
  ["", { first: 1, user: 0, directory: -1, allotment: -1 }],
])("the columns of %j are found", (text, columns) =>
  expect(guessColumns(rowsOf(text), SEATS)).toEqual(columns),
);

test.each([
  ["subject,allotment", ","],
  ["acme\\bob", ","],
  ["", ","],
  ["CN=Bob,OU=x;analyzer;1", ";"],
  ["CN=Bob,OU=x;analyzer", ";"],
  ['"CN=Bob;OU=x;DC=y",analyzer', ","],
  ["acme\\bob\tanalyzer", "\t"],
  ["Benutzer|Lizenz\nacme\\bob|analyzer", "|"],
  ["Users, as of May\nuser;type\nbob;analyzer\neve;analyzer", ";"],
  ["sep=;\nbob,b;x", ";"],
])("%j is separated by %j", (text, separator) => expect(guessSeparator(text, SEATS)).toBe(separator));

const COLUMNS = { first: 2, user: 2, directory: 1, allotment: 3 };

test.each([
  [["Bob B", "ACME", "bob", "Analyzer"], { subject: "ACME\\bob", allotment: "Analyzer" }],
  [["", "", "generated4", ""], { subject: "\\generated4", allotment: "professional" }],
  [["", "ACME", "contoso\\bob", " "], { subject: "contoso\\bob", allotment: "professional" }],
  [["", "ACME", "", "Analyzer"], { subject: "", allotment: "Analyzer" }],
  [["", "ACME", "'007"], { subject: "ACME\\007", allotment: "professional" }],
  [[], { subject: "", allotment: "professional" }],
])("the row %j asks for %j", (record, line) => expect(lineOf(record, COLUMNS, "professional")).toEqual(line));
