import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** A response to a request, as a test saw it; the path without its query. */
export type SeenResponse = {
  method: string;
  path: string;
  status: number;
  headers: { get(name: string): string | null };
  body: string;
};

// biome-ignore lint/suspicious/noExplicitAny: a JSON document is looked into member by member
type Json = any;

const PREFIX = "#/components/schemas/";
const PROBLEM = "application/problem+json";

/**
 * Checks responses against an OpenAPI document. The returned function names what the document doesn't describe: a
 * path, a status, a code, a content type, a field; null if the response is as described. Fields that a schema doesn't
 * name are faults, also where clients are told to ignore them.
 */
export function responseChecker(document: Json): (seen: SeenResponse) => string | null {
  const routes = routesOf(document);
  const validate = validatorsOf(document);
  return (seen) => {
    const found = routes.find(({ pattern }) => pattern.test(seen.path));
    const method = seen.method === "HEAD" ? "get" : seen.method.toLowerCase();
    const operation = found?.operations[method];
    const name = `${seen.method} ${found?.path ?? seen.path} ${seen.status}`;
    const described = operation ? operation.responses[seen.status] : { content: { [PROBLEM]: problem } };
    const fault = described ? bodyFault(seen, described, validate) : "the status isn't described";
    return fault && `${name}: ${fault}`;
  };
}

const problem = { schema: { $ref: `${PREFIX}Problem` } };

function bodyFault(
  seen: SeenResponse,
  { content = {}, ...described }: Json,
  validate: Validators,
): string | null {
  if (seen.method === "HEAD" || seen.status === 304) return null;
  const isDescribed = Object.keys(content).length > 0;
  if (!isDescribed) return seen.body === "" ? null : "a body isn't described";
  const type = (seen.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const media = content[type];
  if (!media) return `the content type ${type} isn't described`;
  if (!/[/+]json$/.test(type)) return null;
  const body = JSON.parse(seen.body);
  return validate(media.schema, body) ?? codeFault(body, described["x-codes"]) ?? linkFault(body, seen);
}

function codeFault(body: Json, codes: string[] | undefined): string | null {
  return !codes || codes.includes(body.code) ? null : `the code ${body.code} isn't described`;
}

/** Whoever pages by links and whoever pages by cursors sees the same pages. */
function linkFault(body: Json, { headers }: SeenResponse): string | null {
  const isPage = Array.isArray(body?.items) && "cursor" in body;
  const hasLink = /rel="next"/.test(headers.get("link") ?? "");
  return !isPage || hasLink === (body.cursor !== null) ? null : "cursor and Link differ";
}

type Validators = (schema: Json, value: unknown) => string | null;

function validatorsOf(document: Json): Validators {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats.default(ajv);
  const schemas = mapped(document.components.schemas, (schema) => closed(document, schema));
  ajv.addSchema({ $id: "document", components: { schemas } });
  const known = new Map<Json, ValidateFunction>();
  return (schema, value) => {
    const check = known.get(schema) ?? ajv.compile(absolute(closed(document, schema)));
    known.set(schema, check);
    if (check(value)) return null;
    const faults = check.errors?.slice(0, 3) ?? [];
    return faults
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
      .join(", ");
  };
}

/** The schema with every object closed, and what it inherits written out. */
function closed(document: Json, schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((part) => closed(document, part));
  if (schema === null || typeof schema !== "object") return schema;
  const { example: _, examples: __, allOf, ...rest } = schema;
  const whole = allOf ? merged([...allOf.map((part: Json) => resolved(document, part)), rest]) : rest;
  const { properties = {}, ...others } = whole;
  const close = (part: Json) => mapped(part, (inner) => closed(document, inner));
  const made = mapped(others, (part, name) => (VALUES.has(name) ? part : closed(document, part)));
  if (Object.keys(properties).length === 0) return made;
  return { ...made, properties: close(properties), additionalProperties: false };
}

/** Keywords whose value is data, not a schema. */
const VALUES = new Set(["enum", "const", "default", "required", "type"]);

function mapped(object: Json, change: (part: Json, name: string) => Json): Json {
  return Object.fromEntries(Object.entries(object).map(([name, part]) => [name, change(part, name)]));
}

function resolved(document: Json, { $ref, ...rest }: Json): Json {
  if (!$ref) return rest.allOf ? merged(rest.allOf.map((part: Json) => resolved(document, part))) : rest;
  return resolved(document, document.components.schemas[$ref.replace(PREFIX, "")]);
}

function merged(parts: Json[]): Json {
  const properties = Object.assign({}, ...parts.map((part) => part.properties));
  return {
    ...Object.assign({}, ...parts),
    properties,
    required: parts.flatMap((part) => part.required ?? []),
  };
}

function absolute(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll(`"${PREFIX}`, `"document${PREFIX}`));
}

/** The paths of a document as patterns, those without parameters first. */
function routesOf({ paths }: Json) {
  const literal = (text: string) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  const routes = Object.entries<Json>(paths).map(([path, operations]) => ({
    ...{ path, operations },
    pattern: new RegExp(`^${literal(path).replace(/\{[^}]+\}/g, "[^/]+")}$`),
  }));
  return routes.toSorted((one, other) => holesIn(one.path) - holesIn(other.path));
}

function holesIn(path: string): number {
  return path.split("{").length;
}
