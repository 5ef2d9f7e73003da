import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { JWK } from "jose";

const URL_FORM = /^https?:\/\//i;
const MOST_BYTES = 5 * 1024 * 1024;

/** The keys of a JWK Set in a file or at a URL; file names are relative to the folder. */
export async function keySetOf(where: string, folder: string): Promise<JWK[]> {
  const text = URL_FORM.test(where) ? await fetched(where) : await textOf(resolve(folder, where), "key set");
  const keys = keysIn(text);
  if (!keys) throw new Error(`${where} is not a JWK Set: {"keys":[…]}.`);
  return keys;
}

/** The text of a file that a person named; `what` it is, for sentences. */
export async function textOf(path: string, what: string): Promise<string> {
  const bytes = await readFile(path).catch((cause) => {
    throw new Error(`The ${what} ${path} can't be read.`, { cause });
  });
  if (bytes.length > MOST_BYTES) throw new Error(`The ${what} ${path} is larger than 5 MiB.`);
  return bytes.toString("utf8");
}

async function fetched(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch((cause) => {
    throw new Error(`The key set ${url} can't be read.`, { cause });
  });
  if (!response.ok)
    throw new Error(`The key set ${url} can't be read: the server answers ${response.status}.`);
  return response.text();
}

function keysIn(text: string): JWK[] | null {
  try {
    const { keys } = JSON.parse(text);
    return Array.isArray(keys) ? keys : null;
  } catch {
    return null;
  }
}
