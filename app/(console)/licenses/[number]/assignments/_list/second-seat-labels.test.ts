import { expect, test } from "vitest";
import { secondSeatLabel } from "./second-seat-labels";

const ada = { subject: "acme\\ada", held: "professional" };

test.each([
  [[], "ahead", ""],
  [[], "done", ""],
  [
    [ada],
    "ahead",
    "acme\\ada already has a professional seat. Assigning adds a second seat. To move a user, convert the seat instead.",
  ],
  [[ada], "done", "acme\\ada already had a professional seat, so this is a second seat."],
  [
    [ada, ada, ada],
    "done",
    "acme\\ada already had a professional seat, and 2 more have another seat, so this is a second seat.",
  ],
] as const)("%j, %s", (second, when, words) => {
  expect(secondSeatLabel(second, when)).toBe(words);
});
