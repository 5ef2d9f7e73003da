import { expect, test } from "vitest";
import { ALL_REFUSALS, problemCodeOf } from "./all-refusals";
import { problemType } from "./problem-type";

test.each(Object.entries(ALL_REFUSALS))(
  "%s says what happened and what to do, in sentences",
  (code, words) => {
    const { title, happened, remedy } = words;
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const sentence of [happened, remedy]) expect(sentence).toMatch(/^[A-Z].*\.$/s);
    expect(problemCodeOf(problemType(code).slice("/errors/".length))).toBe(code);
  },
);

test.each(["", "nothing", "INVALID_KEY", "Invalid-Key", "invalid_key", "__proto__"])(
  "%j isn't the page of any code",
  (slug) => expect(problemCodeOf(slug)).toBeNull(),
);
