import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Stands in every subject that the specs make, so that one that leaks is found. */
const CANARY = "canary-5f0e";

/** What may stand neither in the log nor on the disk: subjects, and signed license keys by how each begins. */
const SECRETS = [CANARY, CANARY.toUpperCase(), "generated4", "eyJhbGciOiJSUzUxMiIs"];

/** A subject of its own in a domain that tells who leaked it. */
export function subject(name: string): string {
  return `${CANARY}\\${name}`;
}

/** Lines of a server's output that hold a secret, or that tell of a fault of the server's own. */
export function leaksInOutput(output: string, secrets: string[]): string[] {
  const leaks = [...SECRETS, ...secrets, "sgn_"];
  const faults = output
    .split("\n")
    .filter((line) => leaks.some((leak) => line.includes(leak)) || isError(line));
  const links = output.split("/setup?token=").length - 1;
  return links > 1 ? [...faults, `The set-up link was printed ${links} times.`] : faults;
}

function isError(line: string): boolean {
  return /"level":(50|60)\b/.test(line);
}

/** Files below a folder that hold a secret in clear. */
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
