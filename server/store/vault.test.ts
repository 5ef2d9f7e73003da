import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openVault, type VaultServer } from "@/server/testing/test-vault";
import { parseEnv } from "./env";
import { readSecrets } from "./secret";

const SECRET = randomBytes(32);

let folder: string;
let vault: VaultServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "signet-vault-"));
  vault = await openVault();
});
afterEach(async () => {
  await vault.stop();
  rmSync(folder, { recursive: true });
});

const read = (change: Record<string, string> = {}) =>
  readSecrets(
    parseEnv({ DATA_DIR: folder, SIGNET_SECRET: vault.encrypt(SECRET), ...vault.settings, ...change }),
  );

test("a secret that is a ciphertext is decrypted by Vault, and no file holds it", async () => {
  expect(await read()).toEqual([SECRET]);
  expect(await read({ SIGNET_SECRET_PREVIOUS: vault.encrypt(Buffer.alloc(32, 1)) })).toEqual([
    SECRET,
    Buffer.alloc(32, 1),
  ]);
  expect(readdirSync(folder)).toEqual([]);
});

test("during the change from a secret in clear to a ciphertext, the previous one is in clear", async () => {
  expect(await read({ SIGNET_SECRET_PREVIOUS: Buffer.alloc(32, 1).toString("base64") })).toHaveLength(2);
  expect(vault.decrypted).toBe(1);
});

test("the token can be in a file, as Vault's agent writes it", async () => {
  const file = join(folder, "token");
  writeFileSync(file, `${vault.settings.VAULT_TOKEN}\n`);
  expect(await read({ VAULT_TOKEN: "", VAULT_TOKEN_FILE: file })).toEqual([SECRET]);
  writeFileSync(file, "");
  await expect(read({ VAULT_TOKEN: "", VAULT_TOKEN_FILE: file })).rejects.toThrow(
    `SIGNET_SECRET can't be decrypted. VAULT_TOKEN_FILE doesn't hold a token: ${file}.`,
  );
});

test.each([
  [
    "a wrong token",
    { VAULT_TOKEN: "hvs.other" },
    "answers 403 (permission denied) to transit/decrypt/signet.",
  ],
  ["another namespace", { VAULT_NAMESPACE: "" }, "answers 403 (permission denied)"],
  [
    "another mount",
    { VAULT_TRANSIT_KEY: "kms/signet" },
    "(no handler for route. route entry not found.) to kms/decrypt/signet.",
  ],
  [
    "another key",
    { SIGNET_SECRET: `vault:v1:${SECRET.toString("base64")}` },
    "answers 400 (cipher: message authentication failed)",
  ],
  ["no Vault there", { VAULT_ADDR: "http://127.0.0.1:1" }, "Vault can't be reached at http://127.0.0.1:1."],
])("%s is named in a sentence without the token", async (_, change, reason) => {
  const refusal = await read(change).then(
    () => "",
    (error: Error) => error.message,
  );
  expect(refusal).toMatch(/^SIGNET_SECRET can't be decrypted\. /);
  expect(refusal).toContain(reason);
  expect(refusal).not.toContain("hvs.");
});

test("a Vault that is sealed is named", async () => {
  vault.isSealed = true;
  await expect(read()).rejects.toThrow("answers 503 (Vault is sealed)");
});

test("a short secret is refused once it is known", async () => {
  await expect(read({ SIGNET_SECRET: vault.encrypt(Buffer.alloc(31)) })).rejects.toThrow(
    "SIGNET_SECRET holds 31 bytes once it is decrypted. It must hold at least 32.",
  );
});

test("a redirect isn't followed, because it would take the token elsewhere", async () => {
  const server = createServer((_, response) => {
    response.writeHead(307, { Location: `${vault.settings.VAULT_ADDR}/v1/transit/decrypt/signet` }).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  await expect(read({ VAULT_ADDR: `http://127.0.0.1:${port}` })).rejects.toThrow("answers 307");
  expect(vault.decrypted).toBe(0);
  server.close();
});

test.each([
  ["VAULT_ADDR", { VAULT_ADDR: "" }, "is required where SIGNET_SECRET is a ciphertext of Vault"],
  ["VAULT_ADDR", { VAULT_ADDR: "http://vault.example:8200" }, "must be a URL that begins with https://"],
  ["VAULT_ADDR", { VAULT_ADDR: "http://127.0.0.1.example" }, "must be a URL that begins with https://"],
  ["VAULT_TRANSIT_KEY", { VAULT_TRANSIT_KEY: "" }, "is required where"],
  ["VAULT_TRANSIT_KEY", { VAULT_TRANSIT_KEY: "../sys/seal" }, "must be the name of a key"],
  ["VAULT_TOKEN", { VAULT_TOKEN: "" }, "or VAULT_TOKEN_FILE is required"],
  ["VAULT_TOKEN", { VAULT_TOKEN_FILE: "/run/token" }, "or VAULT_TOKEN_FILE is required"],
  ["BACKUP_WITH_SECRET", { BACKUP_WITH_SECRET: "true" }, "must be false where SIGNET_SECRET is a ciphertext"],
])("%s is checked before anything is opened", async (name, change, reason) => {
  expect(() => parseEnv({ SIGNET_SECRET: vault.encrypt(SECRET), ...vault.settings, ...change })).toThrow(
    `Check the settings: ${name} ${reason}`,
  );
});
