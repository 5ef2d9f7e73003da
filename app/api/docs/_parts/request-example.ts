import { type Content, type Document, type Method, type Operation, resolved } from "@/api/documentation";

type Described = Pick<Document, "components" | "servers" | "security">;

/** A curl command that calls an operation with the values of its examples. */
export function curlOf(document: Described, method: Method, path: string, operation: Operation): string {
  const { parameters = [], requestBody } = operation;
  const [server] = operation.servers ?? document.servers;
  const url = parameters.reduce(
    (text, { name, example }) => text.replace(`{${name}}`, encodeURIComponent(String(example))),
    `${server?.url ?? ""}${path}`,
  );
  const [media, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const headers = [
    ...credentialOf(document, operation),
    ...parameters.flatMap((one) =>
      one.in === "header" && one.required ? `${one.name}: ${one.example}` : [],
    ),
    ...(media ? [`Content-Type: ${media}`] : []),
  ];
  return [
    `curl${method === "get" ? "" : ` -X ${method.toUpperCase()}`} ${inQuotes(url)}`,
    ...headers.map((header) => `-H ${header.includes("$") ? `"${header}"` : inQuotes(header)}`),
    ...(body ? [`--data-binary ${inQuotes(exampleText(document, body))}`] : []),
  ].join(" \\\n  ");
}

/** The example of a body as text: JSON on several lines, anything else as it is. */
export function exampleText({ components }: Pick<Document, "components">, body: Content[string]): string {
  const example = body.example ?? resolved({ components }, body.schema).example ?? body.schema.example;
  return typeof example === "string" ? example : JSON.stringify(example, null, 2);
}

/** What an operation is called with: `apiToken`, `licenseKey`, or null if it needs no credential. */
export function credentialNameOf({ security }: Described, operation: Operation): string | null {
  return Object.keys((operation.security ?? security)[0] ?? {})[0] ?? null;
}

const VARIABLES: Record<string, string> = { apiToken: "$TOKEN", licenseKey: "$KEY" };

function credentialOf(document: Described, operation: Operation): string[] {
  const name = credentialNameOf(document, operation);
  return name ? [`Authorization: Bearer ${VARIABLES[name]}`] : [];
}

function inQuotes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
