import { expect, test } from "vitest";
import { twiceSpelled } from "@/domain/spellings";
import { foldSubject } from "@/domain/subject";

const found = (...subjects: string[]) =>
  [...twiceSpelled(subjects.map((subject) => ({ subject, folded: foldSubject(subject) })))].map(
    ({ subject }) => subject,
  );

test.each([
  [["acme\\bob", "ACME\\Bob"]],
  [["acme\\bob", "acme/bob"]],
  [["acme\\bob", "bob@acme.example"]],
  [["bob@acme.example", "Bob@ACME.example"]],
])("%j is one person under two spellings", (subjects) => expect(found(...subjects)).toEqual(subjects));

test.each([
  [["acme\\bob", "contoso\\bob"]],
  [["acme\\bob", "acme\\bob"]],
  [["auth0|5f7c", "auth0|5f7d"]],
  [["bob", "bob@acme.example"]],
])("%j is not", (subjects) => expect(found(...subjects)).toEqual([]));
