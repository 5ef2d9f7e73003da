import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { useStore } from "@/server/testing/test-store";
import { auth } from "./auth";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

/** What the provider says about itself; null while it is away. */
let document: { issuer: string } | null;
let issuer: string;

const provider = createServer((_, response) => {
  response.writeHead(document ? 200 : 503, { "Content-Type": "application/json" });
  response.end(JSON.stringify(document && { ...document, ...ENDPOINTS }));
});
const ENDPOINTS = {
  authorization_endpoint: "https://login.example/authorize",
  token_endpoint: "https://login.example/token",
  jwks_uri: "https://login.example/keys",
  id_token_signing_alg_values_supported: ["RS256"],
};

beforeAll(async () => {
  await once(provider.listen(0, "127.0.0.1"), "listening");
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/tenant`;
});
beforeEach(() => {
  vi.stubEnv("OIDC_ISSUER", issuer);
  vi.stubEnv("OIDC_CLIENT_ID", "signet");
  forget();
});
afterAll(() => {
  vi.unstubAllEnvs();
  forget();
  provider.close();
});

/** Makes the next call read the settings and the provider's document again. */
function forget(): void {
  for (const name of ["env", "auth"]) globalThis.signetState?.delete(name);
}

const begin = async (name = "oidc") => {
  const body = { provider: name, callbackURL: "/", disableRedirect: true };
  const { url } = await auth().api.signInSocial({ body });
  return String(url);
};

test("the sign-in begins at the configured provider, with state, nonce and PKCE", async () => {
  document = { issuer };
  const { origin, pathname, searchParams } = new URL(await begin());
  expect(origin + pathname).toBe(ENDPOINTS.authorization_endpoint);
  for (const name of ["state", "nonce", "code_challenge"])
    expect(searchParams.get(name)).toMatch(/^\S{20,}$/);
  expect(searchParams.get("code_challenge_method")).toBe("S256");
});

test("a discovery document of another issuer is refused, also if it comes later", async () => {
  for (const first of [{ issuer: "https://evil.example" }, null]) {
    document = first;
    forget();
    await expect(begin()).rejects.toThrow();
    document = { issuer: "https://evil.example" };
    await expect(begin()).rejects.toMatchObject({ status: "BAD_REQUEST" });
  }
  document = { issuer: `${issuer}/` };
  forget();
  expect(await begin()).toMatch(/^https:\/\/login\.example\/authorize/);
});

test("no request can name another provider", async () => {
  document = { issuer };
  for (const name of ["google", "github", "https://evil.example", "__proto__"])
    await expect(begin(name), name).rejects.toThrow();
});
