import { problemBody, statusOf } from "@/contract/problem";
import { ALL_REFUSALS, refusalSentence } from "@/domain/refusals/all-refusals";
import type { ProblemCode } from "@/domain/refusals/refusal-text";
import type { DescribedResponse, Document, Method, Operation } from "./openapi-shape";
import { operationsOf } from "./openapi-shape";

const PROBLEM = { $ref: "#/components/schemas/Problem" };
const EXAMPLE_ID = "019a8f00-0000-7000-8000-000000000001";

/** What a license key may be refused for, whatever it calls. */
const OF_KEYS: ProblemCode[] = [
  "INVALID_KEY",
  "KEY_REVOKED",
  "LICENSE_REVOKED",
  "LICENSE_SUSPENDED",
  "PRODUCT_NOT_LICENSED",
  "DUAL_USE_REQUIRED",
  "DUAL_USE_REJECTED",
  "DUAL_USE_WITHDRAWN",
  "TOO_MANY_DEPLOYMENTS",
  "OVERLOADED",
];

/**
 * Describes the refusals that any operation of its kind can have, beside those that its route names: by its
 * credential, its parameters, its body and its method. Each refusal lists its codes, with an example of each.
 */
export function describeRefusals(document: Document): void {
  const { components, security } = document;
  for (const { method, path, operation } of operationsOf(document)) {
    if (path.startsWith("/scim/")) continue; // its refusals have another form, which its routes describe
    const usual = usualCodes(method, { security, ...operation });
    for (const [status, codes] of byStatus([...usual, ...codesOf(operation)])) {
      if (operation.responses[status]?.content?.["application/json"]) continue;
      operation.responses[status] = refusalOf(codes);
      for (const code of codes) components.examples[code] = exampleOf(code, Number(status));
    }
  }
}

function usualCodes(method: Method, operation: Operation): ProblemCode[] {
  const { parameters = [], requestBody, security = [] } = operation;
  const has = (place: string) => parameters.some((parameter) => parameter.in === place);
  const named = (name: string) => parameters.find((parameter) => parameter.name === name);
  const codes: [boolean, ProblemCode[]][] = [
    [true, ["INVALID_ADDRESS"]],
    [security.some(({ apiToken }) => apiToken), ["INVALID_TOKEN", "FORBIDDEN"]],
    [security.some(({ licenseKey }) => licenseKey), OF_KEYS],
    [has("path"), ["NOT_FOUND"]],
    [has("query"), ["INVALID_QUERY"]],
    [named("cursor") !== undefined, ["INVALID_CURSOR"]],
    [named("if-match") !== undefined, ["VERSION_MISMATCH"]],
    [named("if-match")?.required === true, ["IF_MATCH_REQUIRED"]],
    [requestBody !== undefined, ["BODY_TOO_LARGE", "INVALID_BODY"]],
    [security.length > 0, ["TOO_MANY_REQUESTS", "INTERNAL", "STORE_UNAVAILABLE"]],
    [security.length > 0 && method !== "get", ["OUTCOME_UNKNOWN", "OVERLOADED"]],
  ];
  return codes.flatMap(([applies, some]) => (applies ? some : []));
}

/** The codes that a route names itself. */
function codesOf({ responses }: Operation): [status: string, code: ProblemCode][] {
  return Object.entries(responses).flatMap(([status, response]) =>
    (response["x-codes"] ?? []).map((code): [string, ProblemCode] => [status, code as ProblemCode]),
  );
}

function byStatus(codes: (ProblemCode | [string, ProblemCode])[]): Map<string, ProblemCode[]> {
  const found = new Map<string, ProblemCode[]>();
  for (const named of codes) {
    const [status, code] = typeof named === "string" ? [String(statusOf(named)), named] : named;
    const known = found.get(status) ?? [];
    if (!known.includes(code)) found.set(status, [...known, code]);
  }
  return found;
}

function refusalOf(codes: ProblemCode[]): DescribedResponse {
  const sentences = codes.map((code) => `\`${code}\`: ${ALL_REFUSALS[code].title}.`);
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: sentences.join(" "),
    content: { "application/problem+json": { schema: PROBLEM, examples } },
    "x-codes": codes,
  };
}

function exampleOf(code: ProblemCode, status: number) {
  const problem = { code, detail: refusalSentence(code) };
  return { summary: ALL_REFUSALS[code].title, value: { ...problemBody(problem, EXAMPLE_ID), status } };
}
