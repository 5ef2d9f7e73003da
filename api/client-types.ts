import {
  type Content,
  type DescribedResponse,
  type Document,
  type Operation,
  operationsOf,
  type Schema,
} from "./openapi-shape";

const HEAD = `// Made from the OpenAPI document by \`signet openapi --types\`. Do not edit.

type Headers = { [name: string]: unknown };
type Refused = {
  headers: Headers;
  content: { "application/problem+json": components["schemas"]["Problem"] };
};
`;
const UNUSED = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/**
 * TypeScript types of a document, in the shape that openapi-fetch reads: \`paths\`, \`operations\` and \`components\`.
 * docs/decisions tells why they are made here.
 */
export function clientTypes(document: Document): string {
  const { paths, components } = document;
  const operations = operationsOf(document).map(({ operation }) => operationType(operation));
  return [
    HEAD,
    interfaceOf("paths", Object.entries(paths).map(pathType)),
    interfaceOf("operations", operations),
    interfaceOf("components", [
      `schemas: ${block(Object.entries(components.schemas).map(([name, schema]) => member(name, schema, true)))};`,
    ]),
  ].join("\n");
}

function pathType([path, methods]: [string, Document["paths"][string]]): string {
  const described = Object.entries(methods).map(
    ([method, { operationId }]) => `${method}: operations[${quoted(operationId)}];`,
  );
  const absent = UNUSED.filter((method) => !(method in methods)).map((method) => `${method}?: never;`);
  const none = "parameters: { query?: never; header?: never; path?: never; cookie?: never };";
  return `${quoted(path)}: ${block([none, ...described, ...absent])};`;
}

function operationType(operation: Operation): string {
  const { operationId, summary, requestBody, responses } = operation;
  const body = requestBody
    ? `requestBody${requestBody.required ? "" : "?"}: { content: ${contentType(requestBody.content)} };`
    : "requestBody?: never;";
  const results = Object.entries(responses).map(
    ([status, response]) => `${comment(response.description)}${status}: ${responseType(response)};`,
  );
  const parts = [`parameters: ${parametersType(operation)};`, body, `responses: ${block(results)};`];
  return `${comment(summary)}${operationId}: ${block(parts)};`;
}

function responseType({ content, "x-codes": codes }: DescribedResponse): string {
  if (codes) return "Refused";
  const inner = content ? `content: ${contentType(content)};` : "content?: never;";
  return block(["headers: Headers;", inner]);
}

function parametersType({ parameters = [] }: Operation): string {
  const places = (["query", "header", "path"] as const).map((place) => {
    const some = parameters.filter((parameter) => parameter.in === place);
    if (some.length === 0) return `${place}?: never;`;
    const isOptional = some.every(({ required }) => !required);
    const members = some.map(({ name, schema, required, description }) =>
      member(name, { description, ...schema }, required === true),
    );
    return `${place}${isOptional ? "?" : ""}: ${block(members)};`;
  });
  return block([...places, "cookie?: never;"]);
}

function contentType(content: Content): string {
  return block(Object.entries(content).map(([media, { schema }]) => `${quoted(media)}: ${typeOf(schema)};`));
}

function member(name: string, schema: Schema, isRequired: boolean): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
  return `${comment(schema.description)}${key}${isRequired ? "" : "?"}: ${typeOf(schema)};`;
}

function typeOf(schema: Schema): string {
  const { $ref, type, const: only, enum: some, anyOf, oneOf, allOf } = schema;
  if ($ref) return `components["schemas"][${quoted($ref.replace("#/components/schemas/", ""))}]`;
  if (only !== undefined) return quoted(only);
  if (some) return some.map(quoted).join(" | ");
  if (anyOf ?? oneOf) return (anyOf ?? oneOf ?? []).map(grouped).join(" | ");
  if (allOf) return [...allOf, { ...schema, allOf: undefined }].filter(isTelling).map(grouped).join(" & ");
  if (Array.isArray(type)) return type.map((one) => grouped({ ...schema, type: one })).join(" | ");
  if (type === "array") return `${grouped(schema.items ?? {})}[]`;
  if (type === "object" || schema.properties) return objectType(schema);
  if (type === "integer" || type === "number") return "number";
  return type === "string" || type === "boolean" || type === "null" ? type : "unknown";
}

function objectType({ properties = {}, required = [], additionalProperties: more }: Schema): string {
  const members = Object.entries(properties).map(([name, part]) =>
    member(name, part, required.includes(name)),
  );
  const rest = more === true ? {} : more;
  if (!rest) return members.length > 0 ? block(members) : "Record<string, never>";
  const index = `{ [name: string]: ${typeOf(rest)} }`;
  return members.length > 0 ? `${block(members)} & ${index}` : index;
}

/** A schema within another one: a union or an intersection in parentheses. */
function grouped(schema: Schema): string {
  const { $ref, type, enum: some = [], anyOf, oneOf, allOf, properties, additionalProperties } = schema;
  const isUnion = Boolean(anyOf ?? oneOf ?? allOf) || some.length > 1 || Array.isArray(type);
  const isIntersection = properties !== undefined && Boolean(additionalProperties);
  return !$ref && (isUnion || isIntersection) ? `(${typeOf(schema)})` : typeOf(schema);
}

function isTelling({ $ref, type, properties, anyOf, oneOf }: Schema): boolean {
  return Boolean($ref ?? type ?? properties ?? anyOf ?? oneOf);
}

function interfaceOf(name: string, members: string[]): string {
  return `export interface ${name} ${block(members)}\n`;
}

function block(members: string[]): string {
  const lines = members.join("\n").replaceAll("\n", "\n  ");
  return `{\n  ${lines}\n}`;
}

function comment(text?: string): string {
  return text ? `/** ${text.replaceAll("*/", "* /").replace(/\s+/g, " ")} */\n` : "";
}

function quoted(value: unknown): string {
  return JSON.stringify(value);
}
