import { type DescribedHeader, type Document, type Operation, operationsOf } from "./openapi-shape";

const HEADERS = {
  "RateLimit-Policy": text(
    "The limit of this credential: requests (`q`) in a window of seconds (`w`).",
    '"reads";q=60000;w=300',
  ),
  RateLimit: text(
    "What is left of the limit (`r`), and in how many seconds the window ends (`t`).",
    '"reads";r=59999;t=212',
  ),
  "Retry-After": {
    schema: { type: "integer" },
    description: "After how many seconds to send the request again.",
    required: true,
  },
} satisfies Record<string, DescribedHeader>;

/** Describes the limit of requests of every operation with a credential, and when to try again. */
export function describeLimits(document: Document): void {
  const { components, security } = document;
  components.headers = { ...components.headers, ...HEADERS };
  for (const { operation } of operationsOf(document)) {
    const isLimited = (operation.security ?? security).length > 0;
    for (const status of Object.keys(operation.responses)) {
      if (isLimited && (status < "300" || status === "429"))
        name(operation, status, ["RateLimit-Policy", "RateLimit"]);
      if (status === "429" || status === "503") name(operation, status, ["Retry-After"]);
    }
  }
}

function name({ responses }: Operation, status: string, names: (keyof typeof HEADERS)[]): void {
  const response = responses[status];
  if (!response) return;
  const refs = names.map((header) => [header, { $ref: `#/components/headers/${header}` }]);
  response.headers = { ...response.headers, ...Object.fromEntries(refs) };
}

function text(description: string, example: string): DescribedHeader {
  return { schema: { type: "string", example }, description };
}
