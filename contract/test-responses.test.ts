import { expect, test } from "vitest";
import { responseChecker } from "./test-responses";

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const text = { type: "string" };
const page = {
  type: "object",
  properties: { items: { type: "array", items: { $ref: "#/components/schemas/Long" } }, cursor: {} },
};
const check = responseChecker({
  paths: {
    "/things": { get: { responses: { 200: json(page) } } },
    "/things/{id}": {
      get: { responses: { 200: json({ $ref: "#/components/schemas/Long" }), 304: { description: "" } } },
      delete: { responses: { 204: { description: "" }, 404: { ...problems(), "x-codes": ["NOT_FOUND"] } } },
    },
    "/things/own": { get: { responses: { 200: json({ type: "object", additionalProperties: {} }) } } },
  },
  components: {
    schemas: {
      Short: { type: "object", properties: { id: text }, required: ["id"] },
      Long: {
        allOf: [
          { $ref: "#/components/schemas/Short" },
          { type: "object", properties: { note: text, properties: text }, required: ["note"] },
        ],
      },
      Problem: { type: "object", properties: { code: text }, required: ["code"] },
    },
  },
});

function problems() {
  return { content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } };
}

const seen = (request: string, status: number, body: unknown, link = "") => {
  const [method = "", path = ""] = request.split(" ");
  const type = status < 400 ? "application/json; charset=utf-8" : "application/problem+json";
  const get = (name: string) => ({ "content-type": type, link })[name] ?? null;
  return check({ method, path, status, headers: { get }, body: body === "" ? "" : JSON.stringify(body) });
};

const whole = { id: "1", note: "n" };

test.each([
  ["GET /things/1", 200, whole],
  ["GET /things/1", 200, { ...whole, properties: "p" }],
  ["GET /things/own", 200, { anything: 1 }],
  ["HEAD /things/1", 200, ""],
  ["GET /things/1", 304, ""],
  ["DELETE /things/1", 204, ""],
  ["DELETE /things/1", 404, { code: "NOT_FOUND" }],
  ["GET /nothing", 404, { code: "ANY" }],
  ["PUT /things", 405, { code: "ANY" }],
] as const)("%s %i is as described", (request, status, body) => {
  expect(seen(request, status, body)).toBeNull();
});

test.each([
  ["GET /things/1", 200, { ...whole, extra: 1 }, "extra"],
  ["GET /things/1", 200, { id: "1" }, "note"],
  ["GET /things/1", 201, whole, "the status isn't described"],
  ["GET /things", 200, { items: [{ ...whole, extra: 1 }], cursor: null }, "/items/0"],
  ["DELETE /things/1", 204, whole, "a body isn't described"],
  ["DELETE /things/1", 404, { code: "OTHER" }, "the code OTHER isn't described"],
  ["DELETE /things/1", 404, { code: "NOT_FOUND", extra: 1 }, "extra"],
  ["GET /nothing", 200, whole, "the content type application/json isn't described"],
] as const)("%s %i with %j isn't described", (request, status, body, fault) => {
  expect(seen(request, status, body)).toContain(fault);
});

test("a page has a link to the next one exactly when it has a cursor", () => {
  const next = '</things?cursor=c>; rel="next"';
  expect(seen("GET /things", 200, { items: [], cursor: "c" }, next)).toBeNull();
  expect(seen("GET /things", 200, { items: [], cursor: null })).toBeNull();
  expect(seen("GET /things", 200, { items: [], cursor: "c" })).toContain("cursor and Link differ");
  expect(seen("GET /things", 200, { items: [], cursor: null }, next)).toContain("cursor and Link differ");
});
