import { expect, test } from "vitest";
import type { Schema } from "@/api/documentation";
import { fieldRows } from "./field-rows";

const text = { type: "string" };
const schemas: Record<string, Schema> = {
  Named: { type: "object", description: "A name.", properties: { name: text }, required: ["name"] },
  Loop: { type: "object", properties: { again: { $ref: "#/components/schemas/Loop" } } },
};
const document = { components: { schemas, examples: {}, securitySchemes: {} } };
const rows = (schema: Schema) =>
  fieldRows(document, schema).map(
    ({ path, type, isRequired }) => `${path}: ${type}${isRequired ? "" : ", optional"}`,
  );

test("fields of inner objects, of items and of variants follow their field", () => {
  const body: Schema = {
    type: "object",
    properties: {
      id: { type: "string", format: "uuid" },
      named: { $ref: "#/components/schemas/Named" },
      list: { type: "array", items: { $ref: "#/components/schemas/Named" } },
      maybe: { anyOf: [{ $ref: "#/components/schemas/Named" }, { type: "null" }] },
      kind: { enum: ["a", "b"] },
    },
    required: ["id", "list"],
  };
  expect(rows(body)).toEqual([
    "/id: string, uuid",
    "/named: object, optional",
    "/named/name: string",
    "/list: array of object",
    "/list/name: string",
    "/maybe: object or null, optional",
    "/maybe/name: string",
    '/kind: "a", "b", optional',
  ]);
});

test("an object has the fields that it inherits, and a field without a description that of its type", () => {
  const whole: Schema = {
    allOf: [{ $ref: "#/components/schemas/Named" }, { type: "object", properties: { note: text } }],
  };
  expect(rows(whole)).toEqual(["/name: string", "/note: string, optional"]);
  const [named] = fieldRows(document, { properties: { named: { $ref: "#/components/schemas/Named" } } });
  expect(named?.description).toBe("A name.");
});

test("an object within itself ends", () => {
  expect(rows({ $ref: "#/components/schemas/Loop" })).toHaveLength(5);
});
