// What a production installation consists of: `npm run sbom` writes it as CycloneDX, `npm run audit` asks the registry
// for known weaknesses of it.
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";

export type Bom = {
  bomFormat: string;
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
};
type Component = {
  "bom-ref": string;
  name: string;
  version: string;
  purl: string;
  hashes?: object[];
  properties: { name: string }[];
};

/** `weak` are the packages with a weakness of severity high or critical. */
export type Audit = { weak: string[] } | { unasked: string };

const SBOM = "sbom.cdx.json";
const SEVERE = ["high", "critical"];
/** A closed network delays nobody for minutes. */
const BRIEFLY = ["--fetch-retries=0", "--fetch-timeout=20000"];

/**
 * The packages that package-lock.json installs without those for development, as CycloneDX. npm's own `--omit=dev` would
 * leave out each package that one for development needs too.
 */
export async function bill(): Promise<Bom> {
  const whole: Bom = JSON.parse(await npm("sbom", "--sbom-format=cyclonedx", "--package-lock-only"));
  const { name } = JSON.parse(readFileSync("package.json", "utf8"));
  const components = whole.components.filter((component) => !isForDevelopment(component));
  const project = { ...whole.metadata.component, name }; // npm names it by its folder
  const kept = new Set([project, ...components].map((component) => component["bom-ref"]));
  const dependencies = whole.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
  return { ...whole, metadata: { ...whole.metadata, component: project }, components, dependencies };
}

function isForDevelopment({ properties }: Component): boolean {
  return properties.some(({ name }) => name === "cdx:npm:package:development");
}

/** Reads what `npm audit --json` prints, also if the registry didn't answer it. */
export function auditIn(text: string): Audit {
  const { vulnerabilities, message, error } = JSON.parse(text);
  if (!vulnerabilities) return { unasked: message ?? error?.summary ?? "it printed nothing that is known" };
  const found: { name: string; severity: string; range: string }[] = Object.values(vulnerabilities);
  const severe = found.filter(({ severity }) => SEVERE.includes(severity));
  return { weak: severe.map(({ name, severity, range }) => `${name} ${range}: ${severity}`) };
}

async function audit(): Promise<void> {
  const result = auditIn(await npm("audit", "--omit=dev", "--json", ...BRIEFLY));
  if ("unasked" in result)
    return console.log(`Not audited, because the registry can't be asked for weaknesses: ${result.unasked}`);
  for (const weak of result.weak) console.error(weak);
  console.log(`${result.weak.length} packages with a weakness of severity high or critical.`);
  if (result.weak.length > 0) process.exitCode = 1;
}

/** What npm prints; it also ends with an error when an audit finds something. */
async function npm(...args: string[]): Promise<string> {
  const run = promisify(execFile)("npm", args, { maxBuffer: 64e6, shell: process.platform === "win32" });
  const { stdout, stderr } = await run.catch((error) => error);
  if (!stdout) throw new Error(`npm ${args[0]} printed nothing. ${stderr}`);
  return stdout;
}

const [, , command] = process.argv;
if (command === "sbom") writeFileSync(SBOM, JSON.stringify(await bill(), null, 2));
if (command === "audit") await audit();
