import { z } from "@hono/zod-openapi";
import { expect, test } from "vitest";
import { fieldErrorsSentence, sentenceBesideField } from "@/domain/refusals/field-sentences";
import { fieldErrorsIn } from "./field-errors";
import { licenseNumber, line, moment, month, newName } from "./fields";

const Form = z
  .strictObject({
    reason: newName,
    note: line,
    number: licenseNumber,
    month,
    at: moment,
    until: z.iso.date(),
    id: z.uuid(),
    email: z.email(),
    seats: z.int().min(1).max(10_000),
    share: z.number().positive().lt(1),
    step: z.number().multipleOf(5),
    page: z.coerce.number().int(),
    isOn: z.boolean(),
    state: z.enum(["open", "ended", "withdrawn"]),
    version: z.literal(1),
    overage: z.union([z.int(), z.literal("YES"), z.null()]),
    cap: z.union([z.null(), z.int().min(5)]),
    code: z.string().regex(/^Q/),
    secret: z.string().min(12).max(20),
    products: z.array(newName).min(1).max(2),
    settings: z.strictObject({ "a/b": z.int() }),
    kind: z.discriminatedUnion("class", [
      z.object({ class: z.literal("assigned"), units: z.int() }),
      z.object({ class: z.literal("time") }),
    ]),
    parameters: z.record(z.string(), z.int()),
  })
  .partial();

const errors = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value);
  return error ? fieldErrorsIn(error) : [];
};

test.each<[keyof typeof Form.shape, unknown, string]>([
  ["reason", 5, "reason must be text."],
  ["reason", null, "reason must be text."],
  ["reason", " ", "reason must not be empty."],
  ["reason", "a\nb", "reason must be one line of at most 200 characters."],
  ["number", "12", "number must be 16 digits."],
  ["month", "2026", "month must be a month as YYYY-MM."],
  ["at", "today", "at must be a time like 2026-08-24T10:00:00Z."],
  ["until", "31.12.2026", "until must be a day like 2026-08-24."],
  ["id", "1", "id must be a UUID."],
  ["email", "ana", "email must be an email address."],
  ["seats", "3", "seats must be a number."],
  ["seats", 1.5, "seats must be a whole number."],
  ["seats", 0, "seats must be at least 1."],
  ["seats", 10_001, "seats must be at most 10,000."],
  ["share", 0, "share must be more than 0."],
  ["share", 1, "share must be less than 1."],
  ["step", 7, "step must be a multiple of 5."],
  ["page", "x", "page must be a number."],
  ["isOn", "true", "isOn must be true or false."],
  ["state", "asleep", "state must be open, ended or withdrawn."],
  ["version", 2, "version must be 1."],
  ["overage", "NO", "overage must be a number, YES or null."],
  ["cap", 3, "cap must be at least 5."],
  ["cap", "3", "cap must be null or a number."],
  ["code", "x", "code doesn't have the expected format."],
  ["secret", "x", "secret must have at least 12 characters."],
  ["secret", "x".repeat(21), "secret must have at most 20 characters."],
  ["products", "QV", "products must be a list."],
  ["products", [], "products must not be empty."],
  ["products", ["a", "b", "c"], "products must have at most 2 entries."],
  ["products", ["a", 1], "products[1] must be text."],
  ["settings", [], "settings must be an object."],
  ["settings", {}, "settings.a/b is required."],
  ["settings", { "a/b": 1, c: 1 }, "settings has an unknown field: c."],
  ["kind", { class: "x" }, "kind.class must be assigned or time."],
  ["kind", { class: "assigned" }, "kind.units is required."],
  ["parameters", { a: "1" }, "parameters.a must be a number."],
])("%s: %j gives a sentence", (field, value, sentence) => {
  const faults = errors(Form, { [field]: value });
  expect(faults.map(({ title }) => title)).toEqual([sentence]);
  expect(fieldErrorsSentence(faults)).toBe(sentence);
});

test("every field that is missing is required, and the first of them is the sentence", () => {
  const faults = errors(Form.required(), {});
  const names = Object.keys(Form.shape);
  expect(faults.map(({ title }) => title)).toEqual(names.map((name) => `${name} is required.`));
  expect(fieldErrorsSentence(faults)).toBe(`reason is required. (and ${faults.length - 1} more)`);
});

test.each([
  [undefined, "The request is required."],
  ["text", "The request must be an object."],
  [[], "The request must be an object."],
  [{ x: 1, y: 2 }, "The request has unknown fields: x, y."],
])("the whole of %j gives a sentence", (value, sentence) => {
  expect(errors(Form, value).map(({ title, pointer }) => [title, pointer])).toEqual([[sentence, ""]]);
});

test("a sentence of a rule stays, after the place that it is about", () => {
  const faults = errors(z.object({ note: newName }), { note: "a\u200bb" });
  expect(faults).toEqual([
    { code: "CUSTOM", title: expect.stringMatching(/^It has an invis/), pointer: "/note" },
  ]);
  expect(fieldErrorsSentence(faults)).toMatch(/^\/note: It has an invisible/);
});

test("a branch of a union that has a sentence of its own says it", () => {
  const end = z.union([z.iso.date("Write a day, or null for no end."), z.null()]);
  for (const value of [5, "31.12.2026"])
    expect(fieldErrorsSentence(errors(z.object({ end }), { end: value }))).toBe(
      "/end: Write a day, or null for no end.",
    );
});

test("a pointer escapes what a name may hold", () => {
  expect(errors(z.object({ "a/b~c": z.int() }), {})).toEqual([
    { code: "INVALID_TYPE", title: "a/b~c is required.", pointer: "/a~1b~0c" },
  ]);
});

test.each([
  [{ pointer: "/number", title: "number must be 16 digits." }, "Must be 16 digits."],
  [{ pointer: "/allotments/0/name", title: "allotments[0].name is required." }, "Required."],
  [{ pointer: "/name", title: "This name is taken." }, "This name is taken."],
  [
    { pointer: "/email", title: "Taken", detail: "email is used by another person." },
    "Used by another person.",
  ],
  [{ pointer: "", title: "The request must be an object." }, "The request must be an object."],
  [{ title: "A token has no name." }, "A token has no name."],
])("beside its field an error doesn't name it: %j", (error, sentence) =>
  expect(sentenceBesideField({ code: "X", ...error })).toBe(sentence),
);
