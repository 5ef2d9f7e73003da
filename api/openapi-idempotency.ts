import { SECRET_MEMBERS } from "@/api/admin/secret-members";
import { type Document, type Operation, operationsOf, resolved, type Schema } from "./openapi-shape";

const PARAMETER = {
  name: "Idempotency-Key",
  in: "header" as const,
  schema: { type: "string", minLength: 1, maxLength: 200 },
  description:
    "Carries out the request once: for a day the same token, key and request get the first response, without its secrets.",
  example: "5c0f1d3e-import-42",
};
const REFUSALS = {
  409: ["REQUEST_RUNNING", "RESPONSE_LOST"],
  422: ["INVALID_BODY", "IDEMPOTENCY_KEY_REUSED"],
};

/** Describes the key by which a POST of the management API can be repeated, and its refusals. */
export function describeIdempotency(document: Document): void {
  for (const operation of repeatable(document)) {
    operation.parameters = [...(operation.parameters ?? []), PARAMETER];
    for (const [status, codes] of Object.entries(REFUSALS)) {
      const known = operation.responses[status];
      operation.responses[status] = {
        description: "",
        ...known,
        "x-codes": [...(known?.["x-codes"] ?? []), ...codes],
      };
    }
  }
}

/** A repeat of a call that shows a secret gets the rest of the first response. */
export function describeRepeats(document: Document): void {
  for (const { responses } of repeatable(document))
    for (const [status, response] of Object.entries(responses)) {
      const media = status < "300" ? response.content?.["application/json"] : undefined;
      if (media) media.schema = withRepeat(document, media.schema);
    }
}

function repeatable(document: Document): Operation[] {
  return operationsOf(document).flatMap(({ path, method, operation }) =>
    method === "post" && path.startsWith("/api/v1/admin/") ? [operation] : [],
  );
}

function withRepeat(document: Document, schema: Schema): Schema {
  const { properties = {}, required = [] } = whole(document, schema);
  const isSecret = (name: string) => SECRET_MEMBERS.includes(name);
  if (!Object.keys(properties).some(isSecret)) return schema;
  const rest = Object.entries(properties).filter(([name]) => !isSecret(name));
  const secretShown = { type: "boolean", const: true, description: "The first response had the secret." };
  const repeat: Schema = {
    type: "object",
    description: "The response to a repeat with the same Idempotency-Key.",
    properties: { ...Object.fromEntries(rest), secretShown },
    required: [...required.filter((name) => !isSecret(name)), "secretShown"],
  };
  return { anyOf: [schema, repeat] };
}

/** An object's own properties, and those of the schemas that it extends. */
function whole(document: Document, schema: Schema): Pick<Schema, "properties" | "required"> {
  const { allOf = [], properties, required = [] } = resolved(document, schema);
  const parts = allOf.map((part) => whole(document, part));
  return {
    properties: Object.assign({}, ...parts.map((part) => part.properties), properties),
    required: [...parts.flatMap((part) => part.required ?? []), ...required],
  };
}
