import { readFileSync } from "node:fs";
import { isWholeKey, keyTextIn, whyNoKey } from "@/domain/pasted-key";
import { caCertificates } from "@/machine/certificates";

/** The sources of a secret besides the command line, which every user of the machine can read. */
export type SecretSource = { option: string; file?: string | undefined; variable: string };

/** The secret from a file, otherwise from the environment; undefined if neither is given. Throws a sentence. */
export function secretOf(
  { option, file, variable }: SecretSource,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const [name, text] =
    file === undefined ? [variable, environment[variable]] : [option, contentOf(option, file).toString()];
  if (text === undefined || (text === "" && file === undefined)) return undefined;
  const secret = text.replace(/^\uFEFF/, "").replace(/\r?\n$/, "");
  if (secret === "") throw new Error(`${name} is empty.`);
  return secret;
}

/** A token has no white space: it could not be sent. */
export function checkedToken(token: string | undefined): string | undefined {
  if (token !== undefined && !/^[!-~]+$/.test(token))
    throw new Error("The token can't be used: it has white space or non-ASCII characters.");
  return token;
}

export function checkedKey(key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  const text = keyTextIn(key);
  if (!text || !isWholeKey(text)) throw new Error(`The license key can't be used. ${whyNoKey(key)}`);
  return text;
}

/** The CA certificates of a file, as PEM. */
export function caOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const bytes = contentOf("--ca", file);
  try {
    return caCertificates(bytes);
  } catch (error) {
    throw new Error(`--ca can't use ${file}: ${error instanceof Error ? error.message : error}.`);
  }
}

/** The text of a file that an option names. */
export function textOf(option: string, file: string): string {
  return contentOf(option, file)
    .toString()
    .replace(/^\uFEFF/, "");
}

function contentOf(option: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Error(`${option} can't read ${file} (${code}).`);
  }
}
