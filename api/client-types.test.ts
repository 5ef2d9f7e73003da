import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createApi } from "./app";
import { clientTypes } from "./client-types";
import { documentOf } from "./openapi";
import type { Document, Operation, Schema } from "./openapi-shape";

const document = (schemas: Record<string, Schema>, operation?: Operation) =>
  ({
    paths: operation ? { "/things/{id}": { get: operation } } : {},
    components: { schemas },
  }) as unknown as Document;

/** The type of a schema, on one line. */
function typeOf(schema: Schema): string {
  const text = clientTypes(document({ X: schema }));
  const [, type = ""] = /schemas: \{\s+(?:\/\*\*.*\*\/\s+)?X: ([\s\S]*);\s+\};\s+\}\s*$/.exec(text) ?? [];
  return type.replace(/\s+/g, " ");
}

const text = { type: "string" };

test.each<[Schema, string]>([
  [text, "string"],
  [{ type: "integer" }, "number"],
  [{ type: ["string", "null"] }, "string | null"],
  [{ enum: ["a", "b"] }, '"a" | "b"'],
  [{ const: "YES" }, '"YES"'],
  [{ anyOf: [{ type: "integer" }, { const: "YES" }] }, 'number | "YES"'],
  [{ type: "array", items: { anyOf: [text, { type: "null" }] } }, "(string | null)[]"],
  [{ $ref: "#/components/schemas/Y" }, 'components["schemas"]["Y"]'],
  [
    { type: "object", properties: { a: text, "b-c": text }, required: ["a"] },
    '{ a: string; "b-c"?: string; }',
  ],
  [{ type: "object", additionalProperties: {} }, "{ [name: string]: unknown }"],
  [
    { type: "object", properties: { a: text }, additionalProperties: {} },
    "{ a?: string; } & { [name: string]: unknown }",
  ],
  [
    { allOf: [{ $ref: "#/components/schemas/Y" }, { type: "object", properties: { a: text } }] },
    'components["schemas"]["Y"] & { a?: string; }',
  ],
  [{}, "unknown"],
])("%j is %s", (schema, type) => {
  expect(typeOf(schema)).toBe(type);
});

test("an operation has its parameters, with those that it requires, its body and its responses", () => {
  const types = clientTypes(
    document(
      {},
      {
        operationId: "getThing",
        summary: "Read */ a thing",
        parameters: [
          { name: "id", in: "path", required: true, schema: text },
          { name: "if-match", in: "header", required: true, schema: text },
          { name: "limit", in: "query", schema: { type: "integer" } },
        ],
        responses: {
          200: { description: "It", content: { "application/json": { schema: text } } },
          204: { description: "Done" },
          404: { description: "Not found", "x-codes": ["NOT_FOUND"] },
        },
      },
    ),
  ).replace(/\s+/g, " ");
  expect(types).toContain('"/things/{id}": {');
  expect(types).toContain('get: operations["getThing"]; put?: never;');
  expect(types).toContain("/** Read * / a thing */ getThing: {");
  expect(types).toContain(
    'query?: { limit?: number; }; header: { "if-match": string; }; path: { id: string; };',
  );
  expect(types).toContain("requestBody?: never;");
  expect(types).toContain('200: { headers: Headers; content: { "application/json": string; }; };');
  expect(types).toContain("204: { headers: Headers; content?: never; };");
  expect(types).toContain("404: Refused;");
});

test("the types of the client are those of this version: npm run client makes them", () => {
  const made = clientTypes(documentOf(createApi({ clock: () => new Date() })));
  expect(readFileSync("client/schema.d.ts", "utf8") === made).toBe(true);
});
