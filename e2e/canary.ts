import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Part of every subject that the specs create, so that leaks can be found. */
const CANARY = "canary-5f0e";

/** Strings that must not appear in the log or on the disk: subjects, and the start of signed license keys. */
const SECRETS = [CANARY, CANARY.toUpperCase(), "generated4", "eyJhbGciOiJSUzUxMiIs"];

/** A unique subject whose domain tells which spec leaked it. */
export function subject(name: string): string {
  return `${CANARY}\\${name}`;
}

/** Lines of a server's output that contain a secret or report an internal error. */
export function leaksInOutput(output: string, secrets: string[]): string[] {
  const leaks = [...SECRETS, ...secrets, "sgn_"];
  const faults = output
    .split("\n")
    .filter((line) => leaks.some((leak) => line.includes(leak)) || isError(line));
  const links = output.split("/setup?token=").length - 1;
  return links > 1 ? [...faults, `The setup link was printed ${links} times.`] : faults;
}

function isError(line: string): boolean {
  return /"level":(50|60)\b/.test(line);
}

/** Files below a folder that contain a secret in clear text. */
export function leaksOnDisk(folder: string, secrets: string[]): string[] {
  const leaks = [...SECRETS, ...secrets].map((secret) => Buffer.from(secret));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => holdsAny(readFileSync(path), leaks))
    .map((path) => `${path} holds a secret in clear.`);
}

function holdsAny(bytes: Buffer, leaks: Buffer[]): boolean {
  return leaks.some((leak) => bytes.includes(leak));
}
