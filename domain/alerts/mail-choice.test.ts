import { expect, test } from "vitest";
import { mailDue } from "./mail-choice";

test.each([
  ["immediate", "2026-08-24T10:00:00Z", "2026-08-24T10:00:00Z"],
  ["daily", "2026-08-24T06:59:59Z", "2026-08-24T07:00:00Z"],
  ["daily", "2026-08-24T07:00:00Z", "2026-08-25T07:00:00Z"],
  ["daily", "2026-12-31T23:59:59Z", "2027-01-01T07:00:00Z"],
  ["weekly", "2026-08-24T06:59:59Z", "2026-08-24T07:00:00Z"], // a Monday
  ["weekly", "2026-08-24T07:00:00Z", "2026-08-31T07:00:00Z"],
  ["weekly", "2026-08-30T23:00:00Z", "2026-08-31T07:00:00Z"],
  ["weekly", "2026-08-26T12:00:00Z", "2026-08-31T07:00:00Z"],
] as const)("%s of %s is mailed at %s", (choice, now, due) => {
  expect(mailDue(choice, new Date(now))).toEqual(new Date(due));
});

test("without a choice for mail nothing is due", () => expect(mailDue("off", new Date())).toBeNull());
