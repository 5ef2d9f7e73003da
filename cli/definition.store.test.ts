import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { jsonWebKeySet, rotateSigningKey, withdrawSigningKey } from "@/server/keys/signing-keys";
import { makeLicense, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";

import { run } from "./program";

useStore();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "signet-portable-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A signed definition that stays valid, and the key sets before and after its signing key was withdrawn, as files. */
async function files() {
  const license = await makeLicense({ product: "QSEfW", allotments: [seats("professional", 10)] });
  const wanted = { product: "QSEfW", source: null };
  const now = new Date();
  const { sld } = await issueCheckout(license.number, wanted, SYSTEM, now);
  const late = await issueCheckout(license.number, { ...wanted, days: 1 }, SYSTEM, NOW);
  const jwks = await jsonWebKeySet();
  const { kid } = await rotateSigningKey(SYSTEM, now);
  for (const key of jwks.keys) await withdrawSigningKey(key.kid ?? "", false, SYSTEM, now);
  const next = await jsonWebKeySet();
  expect(next.keys.map((key) => key.kid)).toEqual([kid]);
  const written = { "mill.sld": sld, "old.sld": late.sld, "cut.sld": sld.slice(0, -40) };
  for (const [name, text] of Object.entries(written)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "jwks.json"), JSON.stringify(jwks));
  writeFileSync(join(folder, "next.json"), JSON.stringify(next));
  return license;
}

/** The example in docs/protocol.md, as a program that a vendor runs. */
function runExample(sld: string, jwks: string, product: string) {
  const [, code = ""] = /```js\n(import [\s\S]*?)```/.exec(readFileSync("docs/protocol.md", "utf8")) ?? [];
  const call = `
import { readFileSync } from "node:fs";
const jwks = JSON.parse(readFileSync(${JSON.stringify(join(folder, jwks))}, "utf8"));
const sld = readFileSync(${JSON.stringify(join(folder, sld))}, "utf8");
console.log(JSON.stringify(verifiedDefinition(sld, jwks, ${JSON.stringify(product)})));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module"], {
    input: code + call,
    encoding: "utf8",
  });
  return { status, out: stdout, err: stderr };
}

async function verify(...args: string[]) {
  const said = { out: "", err: "" };
  const into = (name: keyof typeof said) => (text: string | Uint8Array) => {
    said[name] += text;
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(into("out"));
  vi.spyOn(process.stderr, "write").mockImplementation(into("err"));
  const status = await run(["definition", "verify", ...args], folder);
  vi.restoreAllMocks();
  return { status, ...said };
}

test("the docs' example verifies a definition with another library, and the command agrees or gives the reason", async () => {
  const { number } = await files();
  const example = runExample("mill.sld", "jwks.json", "QSEfW");
  expect(example).toMatchObject({ status: 0, err: "" });
  expect(JSON.parse(example.out)).toMatchObject({ license: number, aud: "QSEfW" });
  for (const [sld, jwks, product] of [
    ["mill.sld", "jwks.json", "QV"],
    ["mill.sld", "next.json", "QSEfW"],
    ["old.sld", "jwks.json", "QSEfW"],
    ["cut.sld", "jwks.json", "QSEfW"],
  ] as const)
    expect(runExample(sld, jwks, product).status).toBe(1);

  const good = await verify("mill.sld", "--jwks", "jwks.json", "--license", number, "--product", "QSEfW");
  expect(good).toMatchObject({ status: 0, err: "" });
  expect(good.out).toContain(`License  ${number}`);
  expect(good.out).toContain("professional: 10");
  for (const [args, reason] of [
    [["mill.sld", "--jwks", "next.json"], "withdrawn"],
    [["mill.sld", "--jwks", "jwks.json", "--product", "QV"], "for another product"],
    [["old.sld", "--jwks", "jwks.json"], "has expired"],
    [["cut.sld", "--jwks", "jwks.json"], "isn't a signed definition"],
    [["none.sld", "--jwks", "jwks.json"], "can't be read"],
    [["mill.sld", "--jwks", "mill.sld"], "not a JWK Set"],
  ] as const) {
    const { status, err } = await verify(...args);
    expect([status, err]).toEqual([1, expect.stringContaining(reason)]);
  }
});
