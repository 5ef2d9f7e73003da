import { expect, test } from "vitest";
import { twiceSpelled } from "./spellings";
import { foldSubject } from "./subject";

const found = (...subjects: string[]) =>
  [...twiceSpelled(subjects.map((subject) => ({ subject, folded: foldSubject(subject) }))).keys()].map(
    ({ subject }) => subject,
  );

test.each([
  [["acme\\bob", "ACME\\Bob"]],
  [["acme\\bob", "acme/bob"]],
  [["acme\\bob", "bob@acme.example"]],
  [["bob@acme.example", "Bob@ACME.example"]],
  [["acme\\bob", "acme\\bo\u200bb"]],
  [["acme\\b\u00adob", "\u202aACME\\bob"]],
  [["acme\\bob smith", "acme\\bob  smith"]],
  [["acme\\bob smith", "acme\\bob\u00a0smith"]],
])("%j is one user in two spellings", (subjects) => expect(found(...subjects)).toEqual(subjects));

test.each([
  [["acme\\bob", "contoso\\bob"]],
  [["acme\\bob", "acme\\bob"]],
  [["auth0|5f7c", "auth0|5f7d"]],
  [["bob", "bob@acme.example"]],
])("%j isn't one user in two spellings", (subjects) => expect(found(...subjects)).toEqual([]));

test("each spelling is listed with all spellings of the same user, and no others", () => {
  const [bob, kim, twin, kims] = ["acme\\bob", "acme\\kim", "bob@acme.example", "ACME\\Kim"].map(
    (subject) => ({
      subject,
      folded: foldSubject(subject),
    }),
  );
  if (!bob || !kim || !twin || !kims) throw new Error("There are four.");
  const people = twiceSpelled([bob, kim, twin, kims]);
  expect(people.get(twin)).toEqual([bob, twin]);
  expect(people.get(kim)).toEqual([kim, kims]);
});
