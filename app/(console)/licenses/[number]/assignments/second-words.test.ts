import { expect, test } from "vitest";
import { secondWords } from "./second-words";

const ada = { subject: "acme\\ada", held: "professional" };

test.each([
  [[], "ahead", ""],
  [[], "done", ""],
  [
    [ada],
    "ahead",
    "acme\\ada already holds a professional seat. Assigning adds a second one. To move a user, convert the seat instead.",
  ],
  [[ada], "done", "acme\\ada already held a professional seat, so this is a second one."],
  [
    [ada, ada, ada],
    "done",
    "acme\\ada already held a professional seat, and 2 more hold another seat, so this is a second one.",
  ],
] as const)("%j, %s", (second, when, words) => {
  expect(secondWords(second, when)).toBe(words);
});
