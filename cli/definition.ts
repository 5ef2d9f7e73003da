import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Command, CommanderError } from "commander";
import type { JWK } from "jose";
import { unitsInForce } from "@/domain/licenses/definition";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { PORTABLE_ERRORS, type PortableClaims, verifyPortable } from "@/domain/offline/portable-definition";

type Wanted = { jwks: string; license?: string; product?: string };

const URL_FORM = /^https?:\/\//i;
const MOST_BYTES = 5 * 1024 * 1024;

/** `folder` is where the command was called: file names are relative to it. */
export const definition = (folder: string) => (program: Command) => {
  program
    .command("definition")
    .description("signed definitions for deployments without a network")
    .command("verify")
    .description("check whether a signed definition is valid, and why not; needs no store")
    .argument("<file>", "the signed definition (.sld)")
    .requiredOption("--jwks <file or url>", "the public keys, as served at /.well-known/jwks.json")
    .option("--license <number>", "refuse a definition for another license")
    .option("--product <code>", "refuse a definition for another product")
    .action(async (file: string, wanted: Wanted) => {
      const sld = await textOf(resolve(folder, file), "signed definition");
      const reader = readerOf(wanted);
      const result = await verifyPortable(sld, await keysOf(wanted.jwks, folder), reader);
      if (typeof result !== "string") return void process.stdout.write(summaryOf(result, reader.now));
      process.stderr.write(`Not valid. ${PORTABLE_ERRORS[result]}\n`);
      throw new CommanderError(1, "definition.invalid", "The signed definition is not valid.");
    });
};

function readerOf({ license, product }: Wanted) {
  const number = license === undefined ? undefined : parseLicenseNumber(license);
  if (number === null) throw new Error("--license needs a license number of 16 digits.");
  return { now: new Date(), license: number, product };
}

async function textOf(path: string, what: string): Promise<string> {
  const bytes = await readFile(path).catch((cause) => {
    throw new Error(`The ${what} ${path} can't be read.`, { cause });
  });
  if (bytes.length > MOST_BYTES) throw new Error(`The ${what} ${path} is larger than 5 MiB.`);
  return bytes.toString("utf8");
}

async function keysOf(where: string, folder: string): Promise<JWK[]> {
  const text = URL_FORM.test(where) ? await fetched(where) : await textOf(resolve(folder, where), "key set");
  const keys = keysIn(text);
  if (!keys) throw new Error(`${where} is not a JWK Set: {"keys":[…]}.`);
  return keys;
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

function summaryOf({ definition: { allotments }, ...claims }: PortableClaims, now: Date): string {
  const { license, aud, version, exp, source } = claims;
  const lines = [
    "Valid.",
    `License  ${license}, version ${version}`,
    `Product  ${aud}`,
    ...(source === undefined ? [] : [`Source   ${source}`]),
    ...allotments.map((each) => `         ${each.name}: ${unitsInForce(each, now)}`),
    `Expires  ${new Date(exp * 1000).toISOString()}`,
  ];
  return `${lines.join("\n")}\n`;
}
