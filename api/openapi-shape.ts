/** A schema as OpenAPI 3.1 writes it: JSON Schema 2020-12. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  example?: unknown;
  default?: unknown;
  description?: string;
  minimum?: number;
  minLength?: number;
  maxLength?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
};

export type Content = Record<
  string,
  { schema: Schema; example?: unknown; examples?: Record<string, object> }
>;
export type DescribedHeader = { schema: Schema; description?: string; required?: boolean };
/** `x-codes` are the codes of the problem bodies that a refusal may have. */
export type DescribedResponse = {
  description: string;
  headers?: Record<string, DescribedHeader | { $ref: string }>;
  content?: Content;
  "x-codes"?: string[];
};
export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
  description?: string;
  example?: unknown;
};
export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, DescribedResponse>;
  servers?: { url: string; description?: string }[];
};

export const METHODS = ["get", "post", "put", "patch", "delete"] as const;
export type Method = (typeof METHODS)[number];

/** The OpenAPI document, as far as this project uses it. */
export type Document = {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string; description?: string }[];
  security: Record<string, string[]>[];
  tags: { name: string; description: string }[];
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: {
    schemas: Record<string, Schema>;
    examples: Record<string, { summary: string; value: unknown }>;
    headers?: Record<string, DescribedHeader>;
    securitySchemes: Record<string, object>;
  };
};

/** Every operation of a document, with its method and path. */
export function operationsOf({ paths }: Pick<Document, "paths">) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = methods[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}

/** The schema itself, or the component that it refers to. */
export function resolved({ components }: Pick<Document, "components">, schema: Schema): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  return name ? resolved({ components }, components.schemas[name] ?? {}) : schema;
}
