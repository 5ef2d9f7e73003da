import { type Document, operationsOf, resolved, type Schema } from "./openapi-shape";

const MOMENT = "2026-08-24T10:00:00.000Z";
const FORMATS: Record<string, string> = {
  uuid: "019a8f00-0000-7000-8000-000000000001",
  "date-time": MOMENT,
  date: "2026-08-24",
  uri: "https://licenses.example.com",
  email: "olivia@example.com",
};

/** Values of fields that carry the same thing wherever they stand; other texts show their own name. */
const BY_NAME: Record<string, unknown> = {
  number: "9999000000001253",
  license: "9999000000001253",
  serial: "9999000000001253",
  chain: "9999000000001253",
  instance: "4611686018427387904",
  subject: "acme\\bob",
  allotment: "analyzer",
  name: "analyzer",
  product: "QSEfW",
  products: "QSEfW",
  source: "0d4c6a5e-6c1b-4a0e-9a57-2f1c3b9d7e10",
  month: "2026-08",
  valid: "2026-01-01/2026-12-31",
  version: "7Q2K-0000-0000-0000-9MXT",
  epoch: "5b2f",
  label: "Hamburg",
  address: "192.0.2.7",
  os: "windows",
  userAgent: "Licenses/1.6.4 (windows) QSEfW",
  key: "eyJhbGciOiJSUzUxMiJ9.eyJsaWNlbnNlIjoiOTk5OTAwMDAwMDAwMTI1MyJ9.c2lnbmF0dXJl",
  sld: "eyJzaWduZWREZWYiOnt9fQ==",
  reply: "eyJhbGciOiJSUzUxMiJ9.e30.c2lnbmF0dXJl",
  token: "sgn_Zm9yLXRoaXMtcGFnZS1vbmx5LW5vdC1hLXRva2VuLWF0LWFsbA",
  control: "7K2M-9QXT-4HCB",
  cursor: "WyIyMDI2LTA4LTI0IiwiNDIiXQ.c2VhbA",
  "if-match": '"7Q2K-0000-0000-0000-9MXT"',
  action: "license.created",
  kid: FORMATS.uuid,
  jti: FORMATS.uuid,
};

const DEEPEST = 12;

/** Gives every body and every parameter of the path an example, made from those of its fields where it has none. */
export function describeExamples(document: Document): void {
  for (const { operation } of operationsOf(document)) {
    const { requestBody, responses, parameters = [] } = operation;
    for (const body of [requestBody, ...Object.values(responses)])
      for (const content of Object.values(body?.content ?? {}))
        if (!content.examples) content.example ??= exampleOf(document, content.schema, "");
    for (const parameter of parameters)
      if (parameter.in === "path" || parameter.required)
        parameter.example ??= exampleOf(document, parameter.schema, parameter.name);
  }
}

function exampleOf(document: Document, schema: Schema, name: string, depth = 0): unknown {
  const { example, ...whole } = resolved(document, schema);
  if (example !== undefined) return example;
  if (whole.const !== undefined) return whole.const;
  if (whole.enum) return whole.enum[0];
  const inner = (part: Schema, called: string) => exampleOf(document, part, called, depth + 1);
  const variant = (whole.anyOf ?? whole.oneOf)?.find(({ type }) => type !== "null");
  if (variant) return inner(variant, name);
  const ownType = Array.isArray(whole.type) ? whole.type.find((type) => type !== "null") : whole.type;
  if (ownType === "array") return whole.items && depth < DEEPEST ? [inner(whole.items, name)] : [];
  if (whole.properties || whole.allOf || ownType === "object") return objectOf(whole, inner);
  return scalarOf({ ...whole, type: ownType }, name);
}

function objectOf({ properties = {}, allOf = [] }: Schema, inner: (part: Schema, name: string) => unknown) {
  const inherited = allOf.map((part) => inner(part, "") as object);
  const own = Object.entries(properties).map(([name, part]) => [name, inner(part, name)]);
  return Object.assign({}, ...inherited, Object.fromEntries(own));
}

function scalarOf({ type, format = "", minimum = 1, default: usual }: Schema, name: string): unknown {
  if (usual !== undefined) return usual;
  if (type === "integer" || type === "number") return Math.max(minimum, 1);
  if (type === "boolean") return false;
  if (type !== "string") return {};
  return FORMATS[format] ?? BY_NAME[name] ?? (name || "text");
}
