import { createReadStream, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { publishedAddress } from "@/api/published/address";
import { responseChecker, type SeenResponse } from "@/contract/test-responses";

/** A response as e2e/record-responses.mjs writes it; the body in base64. */
type Recorded = Pick<SeenResponse, "method" | "status"> & {
  url: string;
  /** Whether it came from the port for products. */
  isOfProducts: boolean;
  headers: Record<string, string>;
  body: string;
};

const MOST_SHOWN = 40;

/** Every server that is started from now on writes its responses down. Returns the folder. */
export function recordResponses(): string {
  const folder = mkdtempSync(join(tmpdir(), "signet-e2e-responses-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.env.E2E_RESPONSES = folder;
  return folder;
}

/** The settings that make a server write its responses down, if this run does. */
export function recording(): Record<string, string> {
  const { E2E_RESPONSES } = process.env;
  const script = pathToFileURL("e2e/record-responses.mjs");
  return E2E_RESPONSES ? { E2E_RESPONSES, NODE_OPTIONS: `--import ${script}` } : {};
}

/** What the OpenAPI document doesn't describe of the responses of this run, each once. */
export async function undescribed(folder: string, document: unknown): Promise<string[]> {
  const check = responseChecker(document);
  const faults = new Set<string>();
  for (const name of readdirSync(folder))
    for await (const line of createInterface(createReadStream(join(folder, name)))) {
      if (!line.endsWith("}")) continue; // the server was killed while it wrote
      const fault = check(seenIn(JSON.parse(line)));
      if (fault) faults.add(`The OpenAPI document doesn't describe a response. ${fault}`);
    }
  return [...faults].toSorted().slice(0, MOST_SHOWN);
}

const FOR_PRODUCTS = /^\/(v1\/|\.well-known\/|health$|ready$)/;

/** A prefix is no part of the described paths; the port for products has only some of them. */
function seenIn({ url, headers, body, isOfProducts, ...recorded }: Recorded): SeenResponse {
  const [asked = ""] = url.split("?");
  const served = publishedAddress(asked)?.path ?? asked;
  const path = isOfProducts && !FOR_PRODUCTS.test(served) ? `/nowhere${served}` : served;
  const get = (name: string) => headers[name] ?? null;
  return { ...recorded, path, headers: { get }, body: decoded(body, get("content-encoding")) };
}

function decoded(body: string, encoding: string | null): string {
  const bytes = Buffer.from(body, "base64");
  if (encoding === "gzip") return gunzipSync(bytes).toString();
  return (encoding === "br" ? brotliDecompressSync(bytes) : bytes).toString();
}
