import { resolve } from "node:path";
import { type Command, CommanderError } from "commander";
import { unitsInForce } from "@/domain/licenses/definition";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { PORTABLE_ERRORS, type PortableClaims, verifyPortable } from "@/domain/offline/portable-definition";
import { keySetOf, textOf } from "./key-set";

type Wanted = { jwks: string; license?: string; product?: string };

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
      const result = await verifyPortable(sld, await keySetOf(wanted.jwks, folder), reader);
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
