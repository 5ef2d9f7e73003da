import fc, { type Arbitrary } from "fast-check";
import {
  type Document,
  type Operation,
  operationsOf,
  type Parameter,
  resolved,
  type Schema,
} from "./openapi-shape";

/** A request that the OpenAPI document suggests; `body` is sent as it is. */
export type SuggestedRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
};

/** Values that exist, by the names of the members and parameters that take them. */
export type Known = Record<string, readonly string[]>;

/** How deep a generated body may be. */
const MOST_DEPTH = 6;

/** Texts that break programs which read them carelessly. */
const ODD = [
  "",
  " ",
  "0",
  "-1",
  "null",
  "__proto__",
  "%00",
  "\0",
  "\ud800",
  "é".normalize("NFD"),
  "a".repeat(300),
];
const ODD_VALUES = [null, true, -1, 1.5, 1e300, 2 ** 53, [], {}, [[]], { __proto__: null }, ...ODD];

/**
 * Requests to the operations of a document: mostly as their schemas allow, with known values where there are some, and
 * often with one part that is wrong.
 */
export function suggestedRequests(document: Document, known: Known): Arbitrary<SuggestedRequest> {
  const suggestions = operationsOf(document).map(({ path, method, operation }) =>
    requestsOf(new Values(document, known), path, method.toUpperCase(), operation),
  );
  return fc.oneof(...suggestions);
}

function requestsOf(values: Values, path: string, method: string, operation: Operation) {
  const { parameters = [], requestBody } = operation;
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const within = (place: Parameter["in"]) => values.parameters(parameters.filter((one) => one.in === place));
  return fc
    .record({
      inPath: within("path"),
      query: within("query"),
      headers: within("header"),
      body: media ? bodiesOf(values.of(media.schema)) : fc.constant(undefined),
    })
    .map(({ inPath, query, headers, body }) => ({
      method,
      path: addressOf(path, inPath, query),
      headers: { ...headersOf(headers), ...(type && body !== undefined ? { "Content-Type": type } : {}) },
      body,
    }));
}

/** A body as its schema says, with one wrong value, or no JSON at all. */
function bodiesOf(right: Arbitrary<unknown>): Arbitrary<string | undefined> {
  const wrong = fc.tuple(
    right,
    fc.nat(),
    fc.oneof(fc.constantFrom<unknown>(...ODD_VALUES), fc.jsonValue({ maxDepth: 2 })),
  );
  return fc.oneof(
    { arbitrary: right.map(textOf), weight: 5 },
    { arbitrary: wrong.map(([value, at, other]) => textOf(withOther(value, at, other))), weight: 4 },
    { arbitrary: fc.jsonValue({ maxDepth: 2 }).map(textOf), weight: 1 },
    { arbitrary: fc.constantFrom(undefined, "", "{", "[1,", "\u{feff}{}", '{"a":1,"a":2}'), weight: 1 },
  );
}

const textOf = (value: unknown) => JSON.stringify(value);

/** The value with another one at a place within it, counted through. */
function withOther(value: unknown, at: number, other: unknown): unknown {
  if (value === null || typeof value !== "object") return other;
  const entries = Object.entries(value);
  const [name, inner] = entries[at % Math.max(1, entries.length)] ?? [];
  if (name === undefined) return other;
  const changed = withOther(inner, Math.floor(at / entries.length), other);
  return Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed };
}

function addressOf(path: string, inPath: Texts, query: Texts): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name) => encoded(inPath[name] || "-"));
  const asked = Object.entries(query).map(([name, text]) => `${name}=${encoded(text)}`);
  return asked.length > 0 ? `${filled}?${asked.join("&")}` : filled;
}

/** A half of a surrogate pair is sent as browsers do. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** Only what an HTTP client can send. */
function headersOf(headers: Texts): Texts {
  return Object.fromEntries(Object.entries(headers).filter(([, text]) => /^[\x20-\x7e]*$/.test(text)));
}

type Texts = Record<string, string>;

/** The values that the schemas of a document allow. */
class Values {
  constructor(
    private readonly document: Document,
    private readonly known: Known,
  ) {}

  /** Some of the optional parameters, and nearly always the required ones. */
  parameters(all: Parameter[]): Arbitrary<Texts> {
    const one = ({ name, schema, required }: Parameter) => {
      const right = this.of(schema, 0, name).map((value) =>
        typeof value === "string" ? value : String(textOf(value)),
      );
      const value = fc.oneof(
        { arbitrary: right, weight: 6 },
        { arbitrary: fc.constantFrom(...ODD), weight: 1 },
      );
      return fc.option(value, { nil: undefined, freq: required ? 30 : 2 });
    };
    const record = fc.record(Object.fromEntries(all.map((parameter) => [parameter.name, one(parameter)])));
    return record.map((texts) => JSON.parse(JSON.stringify(texts)));
  }

  of(schema: Schema, depth = 0, name = ""): Arbitrary<unknown> {
    const own = this.own(resolved(this.document, schema), depth);
    const known = this.known[name];
    if (!known) return own;
    return fc.oneof({ arbitrary: fc.constantFrom(...known), weight: 4 }, { arbitrary: own, weight: 1 });
  }

  private own(schema: Schema, depth: number): Arbitrary<unknown> {
    const { anyOf, oneOf, allOf, type, enum: choices } = schema;
    if ("const" in schema) return fc.constant(schema.const);
    if (choices) return fc.constantFrom(...choices);
    if (anyOf ?? oneOf) return fc.oneof(...(anyOf ?? oneOf ?? []).map((one) => this.of(one, depth)));
    if (allOf)
      return fc.tuple(...allOf.map((one) => this.of(one, depth))).map((parts) => Object.assign({}, ...parts));
    const types = [type ?? (schema.properties ? "object" : "string")].flat();
    return fc.oneof(...types.map((one) => this.typed(one, schema, depth)));
  }

  private typed(type: string, schema: Schema, depth: number): Arbitrary<unknown> {
    if (type === "null") return fc.constant(null);
    if (type === "boolean") return fc.boolean();
    if (type === "integer" || type === "number") return numbers(schema);
    if (type === "array")
      return fc.array(this.of(schema.items ?? {}, depth + 1), { maxLength: depth < MOST_DEPTH ? 3 : 0 });
    if (type === "object") return this.objects(schema, depth);
    return texts(schema);
  }

  private objects({ properties = {}, required = [] }: Schema, depth: number): Arbitrary<unknown> {
    const members = Object.entries(properties).filter(
      ([name]) => depth < MOST_DEPTH || required.includes(name),
    );
    const model = Object.fromEntries(members.map(([name, inner]) => [name, this.of(inner, depth + 1, name)]));
    return fc.record(model, { requiredKeys: required.filter((name) => name in model) });
  }
}

function numbers({ minimum = 0, ...schema }: Schema & { maximum?: number }): Arbitrary<number> {
  const { maximum = 1000 } = schema;
  return fc.oneof(
    fc.integer({ min: Math.ceil(minimum), max: Math.max(minimum, Math.min(maximum, 1e9)) }),
    fc.constant(minimum),
  );
}

const FORMATS: Record<string, Arbitrary<string>> = {
  uuid: fc.uuid(),
  "date-time": fc
    .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((at) => at.toISOString()),
  date: fc
    .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10)),
  email: fc.emailAddress(),
  uri: fc.constantFrom("https://hooks.example/a", "http://192.0.2.1/a", "ftp://hooks.example", "https://"),
};

function texts({ format, pattern, minLength, maxLength = 40 }: Schema): Arbitrary<string> {
  const formatted = format ? FORMATS[format] : undefined;
  if (formatted) return formatted;
  if (pattern && !pattern.includes("(?")) return fc.stringMatching(new RegExp(pattern));
  const free = fc.string({
    unit: "grapheme",
    minLength,
    maxLength: Math.max(minLength ?? 0, Math.min(maxLength, 40)),
  });
  return fc.oneof({ arbitrary: free, weight: 3 }, { arbitrary: fc.constantFrom(...ODD), weight: 1 });
}
