import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A Vault on 127.0.0.1 with one key in its transit engine, which answers `decrypt` with the statuses and bodies that
 * its API documents: https://developer.hashicorp.com/vault/api-docs/secret/transit#decrypt-data.
 */
export type VaultServer = {
  /** The settings of a Signet whose secret is a ciphertext of this Vault. */
  settings: Record<string, string>;
  /** Encrypts like `vault write transit/encrypt/signet plaintext=…`. */
  encrypt(secret: Buffer): string;
  isSealed: boolean;
  /** How often it decrypted. */
  decrypted: number;
  stop(): Promise<void>;
};

type Reply = { status: number; body: unknown };

const TOKEN = "hvs.test-token";
const NAMESPACE = "licenses/";
const PATH = "/v1/transit/decrypt/signet";
const IV_BYTES = 12;
const TAG_BYTES = 16;

export async function openVault(): Promise<VaultServer> {
  const key = randomBytes(32);
  const vault = { isSealed: false, decrypted: 0 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status, body } = vault.isSealed
      ? refused(503, "Vault is sealed")
      : answerTo(request, JSON.parse(Buffer.concat(chunks).toString()), key);
    if (status === 200) vault.decrypted += 1;
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return Object.assign(vault, {
    settings: {
      VAULT_ADDR: `http://127.0.0.1:${port}`,
      VAULT_TOKEN: TOKEN,
      VAULT_NAMESPACE: NAMESPACE,
      VAULT_TRANSIT_KEY: "signet",
    },
    encrypt: (secret: Buffer) => encrypted(key, secret),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}

function answerTo(
  { method, url, headers }: IncomingMessage,
  body: { ciphertext?: string },
  key: Buffer,
): Reply {
  if (headers["x-vault-token"] !== TOKEN || headers["x-vault-namespace"] !== NAMESPACE)
    return refused(403, "permission denied");
  if (method !== "POST" || url !== PATH) return refused(404, "no handler for route. route entry not found.");
  const plaintext = decrypted(key, body.ciphertext ?? "");
  if (!plaintext) return refused(400, "cipher: message authentication failed");
  return {
    status: 200,
    body: { request_id: "1", lease_id: "", data: { plaintext: plaintext.toString("base64") } },
  };
}

function refused(status: number, reason: string): Reply {
  return { status, body: { errors: [reason] } };
}

function encrypted(key: Buffer, text: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return `vault:v1:${sealed.toString("base64")}`;
}

function decrypted(key: Buffer, ciphertext: string): Buffer | null {
  const bytes = Buffer.from(ciphertext.replace(/^vault:v1:/, ""), "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
