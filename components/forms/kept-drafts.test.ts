import { beforeEach, expect, test } from "vitest";
import { keepDraft, readyDrafts, takeDraft } from "./kept-drafts";

const POSITION = "/licenses/new license";
let items: Map<string, string>;
const drawer = {
  get length() {
    return items.size;
  },
  key: (nth: number) => [...items.keys()][nth] ?? null,
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => void items.set(key, value),
  removeItem: (key: string) => void items.delete(key),
};

beforeEach(() => {
  items = new Map([["other", "stays"]]);
});

const keep = (draft: unknown = { name: "half typed" }) => keepDraft(drawer, POSITION, "ann", draft);
const take = (person = "ann") => takeDraft(drawer, POSITION, person);

test("a draft comes back once, to its writer, through the sign-in", () => {
  keep();
  readyDrafts(drawer);
  expect(take()).toEqual({ name: "half typed" });
  expect(take()).toBeNull();
});

test("it does not without a sign-in in between, nor to anybody else", () => {
  keep();
  expect(take()).toBeNull();
  readyDrafts(drawer);
  expect(take()).toBeNull();
  keep();
  readyDrafts(drawer);
  expect(take("bob")).toBeNull();
  expect(take()).toBeNull();
});

test("it goes with an empty form, and with the second sign-in after it", () => {
  keep();
  keep(null);
  readyDrafts(drawer);
  expect(take()).toBeNull();
  keep();
  readyDrafts(drawer);
  readyDrafts(drawer);
  expect(take()).toBeNull();
  expect([...items]).toEqual([["other", "stays"]]);
});

test("what something else wrote there is no draft", () => {
  for (const junk of ["", "{", "null", "7", '{"person":7}']) {
    items.set(`signet-draft ${POSITION}`, junk);
    readyDrafts(drawer);
    expect(take()).toBeNull();
  }
});

test("one that is too large for the browser replaces the one before by nothing", () => {
  keep();
  const full = {
    ...drawer,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  keepDraft(full, POSITION, "ann", "x".repeat(9));
  readyDrafts(drawer);
  expect(take()).toBeNull();
});
