import { expect, test } from "vitest";
import { foldSubject, type SubjectMatching } from "@/domain/assignments/subject";
import { nameText } from "./name-text";
import { type LicenseNames, type UsersPage, usersPage } from "./users-page";

type Seat = { subject: string; folded: string };

function license(
  number: string,
  subjects: string[],
  matching: SubjectMatching = "folded",
): LicenseNames<Seat> {
  const seats = subjects.map((subject) => ({ subject, folded: foldSubject(subject) }));
  seats.sort((a, b) => (a.folded < b.folded ? -1 : 1));
  return { license: number, matching, seats, names: nameText(seats) };
}

const shown = (licenses: LicenseNames<Seat>[], part: string, limit = 10, after: string | null = null) => {
  const { users, seats, next } = usersPage(licenses, { part, after, limit });
  return {
    users: users.map(({ subject, seats: of }) => [subject, of.map((one) => one.license).join("+")]),
    seats,
    next,
  };
};

test("a user is one row over all licenses, by name", () => {
  const licenses = [license("1", ["eve", "BOB"]), license("2", ["Bob", "Bob", "ann"])];
  expect(shown(licenses, "")).toEqual({
    users: [
      ["ann", "2"],
      ["Bob", "1+2+2"],
      ["eve", "1"],
    ],
    seats: 5,
    next: null,
  });
  expect(shown(licenses, "b")).toEqual({ users: [["Bob", "1+2+2"]], seats: 3, next: null });
});

test("where a license tells spellings apart, each is a user", () => {
  const exact = license("1", ["Bob", "bob"], "exact");
  expect(shown([exact, license("2", ["BOB"])], "").users).toEqual([
    ["Bob", "1+2"],
    ["bob", "1+2"],
  ]);
  const one = license("1", ["bob"], "exact");
  expect(shown([license("2", ["BOB"]), one], "").users, "a name that reaches all of its seats").toEqual([
    ["bob", "2+1"],
  ]);
});

test.each(["", "u", "7", "u1"])("pages of users with %j are all users once, in order", (part) => {
  const licenses = Array.from({ length: 7 }, (_, at) =>
    license(
      String(at),
      Array.from({ length: 40 }, (_, user) => `u${(user * 31 + at * 17) % 97}`),
    ),
  );
  const names = new Set(licenses.flatMap(({ seats }) => seats.map(({ folded }) => folded)));
  const expected = [...names].filter((name) => name.includes(part)).sort();
  const walked: string[] = [];
  let after: string | null = null;
  do {
    const page: UsersPage<Seat> = usersPage(licenses, { part, after, limit: 5 });
    expect(page.users.length).toBeLessThanOrEqual(5);
    walked.push(...page.users.map(({ subject }) => subject));
    after = page.next;
  } while (after !== null);
  expect(walked).toEqual(expected);
});
