import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { selfSigned } from "@/machine/test-certificate";
import { parseEnv } from "@/server/store/env";
import { openProductApi } from "./product-api";

/** A product API with TLS and these ciphers; returns the cipher that a client negotiates. */
async function spoken(ciphers: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "door-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { cert, key } = selfSigned("rsa");
  const [TLS_CERT, TLS_KEY] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  writeFileSync(TLS_CERT, cert);
  writeFileSync(TLS_KEY, key);
  const env = parseEnv({ HOST: "127.0.0.1", PROTOCOL_PORT: "0", TLS_CERT, TLS_KEY, TLS_CIPHERS: ciphers });
  const door = await openProductApi(env, { clock: () => new Date(), isReady: async () => true });
  const socket = connect({ host: "127.0.0.1", port: door.port, ca: cert });
  try {
    await once(socket, "secureConnect");
    return socket.getCipher().standardName;
  } finally {
    socket.destroy();
    await door.close();
  }
}

test.each([
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_AES_128_GCM_SHA256",
])("TLS_CIPHERS with IANA's name %s sets the cipher of the product API", async (name) => {
  expect(await spoken(name)).toBe(name);
});
