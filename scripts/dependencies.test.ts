import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { auditIn, bill } from "./dependencies";

const { name } = JSON.parse(readFileSync("package.json", "utf8"));

type Locked = { name?: string; version: string; dev?: boolean };

test("the SBOM names exactly the packages of production, with hashes, and refers to no others", async () => {
  const { bomFormat, metadata, components, dependencies } = await bill();
  expect([bomFormat, metadata.component.name]).toEqual(["CycloneDX", name]);
  const names = components.map((component) => `${component.name}@${component.version}`);
  expect([...new Set(names)].toSorted()).toEqual(lockedForProduction());
  const anonymous = components.filter(({ hashes, purl }) => !hashes?.length || !purl.startsWith("pkg:npm/"));
  expect(anonymous).toEqual([]);
  const refs = new Set([metadata.component, ...components].map((component) => component["bom-ref"]));
  const used = dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
  expect(used.filter((ref) => !refs.has(ref))).toEqual([]);
});

function lockedForProduction(): string[] {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const { "": _, ...installed }: Record<string, Locked> = packages;
  const kept = Object.entries(installed).filter(([, { dev }]) => !dev);
  const names = kept.map(([path, one]) => `${one.name ?? path.split("node_modules/").at(-1)}@${one.version}`);
  return [...new Set(names)].toSorted();
}

test("an audit fails for weaknesses of severity high and critical, and says if the registry can't be asked", () => {
  const found = (severity: string) => ({ name: severity, severity, range: "<2" });
  const report = { auditReportVersion: 2, vulnerabilities: { a: found("moderate"), b: found("high") } };
  expect(auditIn(JSON.stringify(report))).toEqual({ weak: ["high <2: high"] });
  expect(auditIn(JSON.stringify({ ...report, vulnerabilities: {} }))).toEqual({ weak: [] });
  const refused = { message: "405 Method Not Allowed", statusCode: 405, error: { summary: "" } };
  expect(auditIn(JSON.stringify(refused))).toEqual({ unasked: "405 Method Not Allowed" });
  const offline = { error: { code: "ENOTFOUND", summary: "request failed" } };
  expect(auditIn(JSON.stringify(offline))).toEqual({ unasked: "request failed" });
});
