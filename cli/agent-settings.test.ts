import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { selfSigned } from "@/machine/test-certificate";
import { run } from "./agent";
import { caOf, checkedKey, checkedToken, secretOf } from "./agent-settings";

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "agent-settings-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "file");
  writeFileSync(file, content);
  return file;
}

const token = (file?: string, environment: Record<string, string> = {}) =>
  secretOf({ option: "--token-file", file, variable: "SIGNET_TOKEN" }, environment);

test("a secret comes from a file, otherwise from the environment, otherwise it is absent", () => {
  expect(token()).toBeUndefined();
  expect(token(undefined, { SIGNET_TOKEN: "" })).toBeUndefined();
  expect(token(undefined, { SIGNET_TOKEN: "from outside" })).toBe("from outside");
  expect(token(fileWith("in a file\r\n"), { SIGNET_TOKEN: "from outside" })).toBe("in a file");
  expect(token(fileWith("\uFEFF kept as it is \n"))).toBe(" kept as it is ");
});

test("a file that is empty or missing is reported with its option", () => {
  expect(() => token(fileWith("\n"))).toThrow("--token-file is empty.");
  expect(() => token("/nowhere/token")).toThrow("--token-file can't read /nowhere/token (ENOENT).");
});

test("a token that can't be sent, and a text that isn't a key, are refused without repeating them", () => {
  expect(checkedToken("let-me-in")).toBe("let-me-in");
  for (const wrong of ["let me in", "schlüssel", "two\nlines"])
    expect(() => checkedToken(wrong)).toThrow(/^The token can't be used: it has/);
  expect(() => checkedKey("9999 0000 0000 1253")).toThrow("This is a license number");
  expect(checkedKey(undefined)).toBeUndefined();
});

test("an unusable CA is reported with its file", () => {
  expect(caOf(fileWith(selfSigned().cert))).toContain("BEGIN CERTIFICATE");
  const key = fileWith(selfSigned().key);
  expect(() => caOf(key)).toThrow(`--ca can't use ${key}: it holds a private key, not a certificate.`);
  expect(() => caOf("/nowhere/ca")).toThrow("--ca can't read /nowhere/ca (ENOENT).");
});

const ONLINE = ["--backend", "https://license.example.com"];
test.each([
  [[], "Give --backend, or --offline for a deployment without a network."],
  [["--offline", "site.sld"], "--offline needs --jwks"],
  [
    ["--offline", "/nowhere/site.sld", "--jwks", "/nowhere/keys"],
    "--offline can't read /nowhere/site.sld (ENOENT).",
  ],
  [[...ONLINE, "--offline", "site.sld"], "Give either --backend or --offline"],
  [[...ONLINE, "--reply", "reply.jws"], "add --offline"],
  [["--backend", "license.example.com"], "--backend can't be used"],
  [["--backend", "https://license.example.com/v1"], "leave out /v1"],
  [[...ONLINE, "--ciphers", "TLS_NOPE"], "does not know TLS_NOPE"],
  [[...ONLINE, "--proxy", "http://acme:HID#DEN@proxy:3128"], "# is %23"],
])("the command with %j doesn't start and says why", async (more, reason) => {
  const folder = fileWith("");
  let told = "";
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
  const code = await run(["--data", `${folder}-data`, ...more]);
  write.mockRestore();
  expect([code, told.split("\n").length]).toEqual([1, 2]);
  expect(told).toContain(`The agent can't start. `);
  expect(told).toContain(reason);
  expect(told).not.toContain("HID");
});
