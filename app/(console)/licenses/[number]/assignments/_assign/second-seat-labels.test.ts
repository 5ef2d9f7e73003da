import { expect, test } from "vitest";
import { secondSeatLabel } from "./second-seat-labels";

const ada = { subject: "acme\\ada", held: "professional" };

test.each([
  [[], ""],
  [[ada], "acme\\ada already had a professional seat, so this is a second seat."],
  [
    [ada, ada, ada],
    "acme\\ada already had a professional seat, and 2 more have another seat, so this is a second seat.",
  ],
])("%j", (second, words) => expect(secondSeatLabel(second)).toBe(words));
