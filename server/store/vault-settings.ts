import { z } from "zod";
import { isOwnMachine } from "./local-url";

/** The transit engine of a Vault: its address, the mount and name of its key, and how to get in. */
export type Vault = {
  address: string;
  mount: string;
  key: string;
  namespace?: string;
  token: string | { file: string };
};

/** The variables that Vault's own tools read, and the key. They matter only where a secret is a ciphertext. */
export const VAULT_SETTINGS = {
  VAULT_ADDR: z.string().optional(),
  VAULT_TOKEN: z.string().optional(),
  VAULT_TOKEN_FILE: z.string().optional(),
  VAULT_NAMESPACE: z.string().optional(),
  VAULT_TRANSIT_KEY: z.string().optional(),
};

const SECRETS = ["SIGNET_SECRET", "SIGNET_SECRET_PREVIOUS"] as const;
type Settings = { [Name in keyof typeof VAULT_SETTINGS | (typeof SECRETS)[number]]?: string | undefined };

/** What the transit engine makes: the version of its key, and base64. */
const CIPHERTEXT = /^vault:v\d+:[A-Za-z0-9+/]+={0,2}$/;
/** No segment begins with a dot. */
const KEY = /^\w[\w.-]*(\/\w[\w.-]*)*$/;
const DEFAULT_MOUNT = "transit";

/** Whether a secret is a ciphertext that only Vault can decrypt. */
export function isCiphertext(secret: string): boolean {
  return CIPHERTEXT.test(secret);
}

/** The Vault of the settings. Throws if they name none. */
export function vaultIn(settings: Settings): Vault {
  const { VAULT_ADDR: address, VAULT_TOKEN_FILE: file, VAULT_NAMESPACE: namespace } = settings;
  const path = settings.VAULT_TRANSIT_KEY?.split("/") ?? [];
  const key = path.pop();
  if (!address || !key) throw new Error("The settings name no Vault.");
  return {
    address: address.replace(/\/+$/, ""),
    mount: path.join("/") || DEFAULT_MOUNT,
    key,
    token: file ? { file } : (settings.VAULT_TOKEN ?? ""),
    ...(namespace && { namespace }),
  };
}

/** The variable that is wrong or missing for a secret that is a ciphertext, and what is wrong with it. */
export function vaultError(settings: Settings): { name: string; message: string } | null {
  const sealed = SECRETS.find((name) => isCiphertext(settings[name] ?? ""));
  if (!sealed) return null;
  const { VAULT_ADDR, VAULT_TOKEN, VAULT_TOKEN_FILE, VAULT_TRANSIT_KEY } = settings;
  const because = `where ${sealed} is a ciphertext of Vault`;
  if (!VAULT_ADDR) return { name: "VAULT_ADDR", message: `is required ${because}` };
  if (!isSafe(VAULT_ADDR))
    return {
      name: "VAULT_ADDR",
      message: "must be a URL that begins with https://, or http:// on this machine",
    };
  if (!VAULT_TRANSIT_KEY) return { name: "VAULT_TRANSIT_KEY", message: `is required ${because}` };
  if (!KEY.test(VAULT_TRANSIT_KEY))
    return {
      name: "VAULT_TRANSIT_KEY",
      message: "must be the name of a key, or a mount and a name: mount/name",
    };
  if (!VAULT_TOKEN === !VAULT_TOKEN_FILE)
    return {
      name: "VAULT_TOKEN",
      message: `or VAULT_TOKEN_FILE is required ${because}, and only one of them`,
    };
  return null;
}

/** The secret comes back in clear, so it may only travel encrypted or within the machine. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, search, hash, username } = new URL(address);
  if (search || hash || username) return false;
  return protocol === "https:" || (protocol === "http:" && isOwnMachine(address));
}
