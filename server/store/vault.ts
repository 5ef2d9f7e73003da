import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { KeyService } from "./key-service";
import type { Vault } from "./vault-settings";

const LONGEST_MS = 10_000;
const DECRYPTED = z.object({ data: z.object({ plaintext: z.base64() }) });
const REFUSED = z.object({ errors: z.array(z.string()) });
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * The transit engine of HashiCorp's Vault, or of OpenBao: https://developer.hashicorp.com/vault/api-docs/secret/transit.
 * Redirects aren't followed: they would take the token to another server.
 */
export function vaultService(vault: Vault): KeyService {
  const { address, mount, key, namespace } = vault;
  return {
    async decrypt(ciphertext) {
      const response = await fetch(`${address}/v1/${mount}/decrypt/${key}`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-Vault-Request": "true",
          "X-Vault-Token": await tokenOf(vault),
          ...(namespace && { "X-Vault-Namespace": namespace }),
        },
        body: JSON.stringify({ ciphertext }),
        redirect: "manual",
        signal: AbortSignal.timeout(LONGEST_MS),
      }).catch((cause) => {
        throw new Error(`Vault can't be reached at ${address}.`, { cause });
      });
      const body: unknown = await response.json().catch(() => null);
      const { success, data } = DECRYPTED.safeParse(body);
      if (response.ok && success) return Buffer.from(data.data.plaintext, "base64");
      throw new Error(
        `Vault at ${address} answers ${response.status}${reasonIn(body)} to ${mount}/decrypt/${key}.`,
      );
    },
  };
}

async function tokenOf({ token }: Vault): Promise<string> {
  if (typeof token === "string") return token;
  const text = await readFile(/* turbopackIgnore: true */ token.file, "utf8").catch((cause) => {
    throw new Error(`VAULT_TOKEN_FILE can't be read: ${token.file}.`, { cause });
  });
  if (!TOKEN.test(text.trim())) throw new Error(`VAULT_TOKEN_FILE doesn't hold a token: ${token.file}.`);
  return text.trim();
}

function reasonIn(body: unknown): string {
  const { data } = REFUSED.safeParse(body);
  const text = data?.errors.join("; ").replaceAll(/\s+/g, " ").trim();
  return text ? ` (${text})` : "";
}
