import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, getCiphers, type TlsOptions } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Certificate, selfSigned } from "./test-certificate";
import { type TlsLimits, tlsLimits } from "./tls-limits";

const certificates: Record<"ec" | "rsa", Certificate> = { ec: selfSigned("ec"), rsa: selfSigned("rsa") };
const doors = new Map<string, Awaited<ReturnType<typeof listening>>>();

/** Servers that speak everything Node can, with a certificate of each kind. */
beforeAll(async () => {
  for (const kind of ["ec", "rsa"] as const)
    doors.set(kind, await listening({ ...certificates[kind], ciphers: "ALL", dhparam: "auto" }));
});
afterAll(() => doors.forEach(({ close }) => void close()));

async function listening(options: TlsOptions) {
  const server = createServer(options, (socket) => socket.on("error", () => {}).end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** The cipher that a client within these limits negotiates with a server; the error if they have nothing in common. */
async function spoken(limits: TlsLimits, port: number | undefined): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port: port ?? 0, rejectUnauthorized: false, ...limits });
  try {
    await once(socket, "secureConnect");
    return socket.getCipher().standardName;
  } catch (error) {
    return String(error);
  } finally {
    socket.destroy();
  }
}

/** IANA's names of the ciphers that Node can use with a certificate, taken from its own handshakes. */
const NAMES = getCiphers()
  .map((name) => name.toUpperCase())
  .filter((name) => !/PSK|SRP|^TLS_/.test(name));

describe.each(NAMES)("%s", (name) => {
  const kind = name.includes("ECDSA") ? "ec" : "rsa";

  test("is accepted by its OpenSSL name in any case, and by IANA's, and nothing else is spoken", async () => {
    const port = doors.get(kind)?.port;
    const iana = await spoken(tlsLimits(name), port);
    expect(iana).toMatch(/^TLS_\w+_WITH_\w+$/);
    expect(tlsLimits(iana)).toEqual({ ciphers: name, minVersion: "TLSv1.2", maxVersion: "TLSv1.2" });
    expect(tlsLimits(iana.toLowerCase())).toEqual(tlsLimits(name.toLowerCase()));
    expect(await spoken(tlsLimits(iana), port)).toBe(iana);
  });
});

const GCM_128 = "ECDHE-ECDSA-AES128-GCM-SHA256";
const GCM_256 = "ECDHE-ECDSA-AES256-GCM-SHA384";
const IANA_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
const IANA_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
const SUITE = "TLS_CHACHA20_POLY1305_SHA256";
const both = [`${GCM_256}:${GCM_128}`, "TLSv1.2", "TLSv1.2"];

test.each([
  [`${IANA_256},${IANA_128}`, both],
  [`${IANA_256}, ${IANA_128}`, both],
  [` ${GCM_256} ${IANA_128}\n`, both],
  [`${IANA_256}:${IANA_128}:`, both],
  [`${IANA_128}:!SHA1`, [`${GCM_128}:!SHA1`, "TLSv1.2", "TLSv1.2"]],
  [SUITE, [SUITE, "TLSv1.3", "TLSv1.3"]],
  [`${SUITE},TLS_AES_128_GCM_SHA256`, [`${SUITE}:TLS_AES_128_GCM_SHA256`, "TLSv1.3", "TLSv1.3"]],
  [`${IANA_128},${SUITE}`, [`${SUITE}:${GCM_128}`, "TLSv1.2", "TLSv1.3"]],
  ["HIGH:!aNULL", [expect.stringMatching(/^TLS_AES_256.*:HIGH:!aNULL$/), "TLSv1.2", "TLSv1.3"]],
  ["ECDHE+AESGCM", [expect.stringMatching(/^TLS_AES_256.*:ECDHE\+AESGCM$/), "TLSv1.2", "TLSv1.3"]],
  [`HIGH:!aNULL:${SUITE}`, [`${SUITE}:HIGH:!aNULL`, "TLSv1.2", "TLSv1.3"]],
  ["DEFAULT@SECLEVEL=2", [expect.stringMatching(/DEFAULT@SECLEVEL=2$/), "TLSv1.2", "TLSv1.3"]],
  [`${GCM_128}:@SECLEVEL=2`, [`${GCM_128}:@SECLEVEL=2`, "TLSv1.2", "TLSv1.2"]],
])("%j allows %j", async (list, [ciphers, minVersion, maxVersion]) => {
  expect(tlsLimits(list)).toEqual({ ciphers, minVersion, maxVersion });
  expect(await spoken(tlsLimits(list), doors.get("ec")?.port)).toMatch(/^TLS_/);
});

test("without a list only the lowest version is set", () => {
  expect(tlsLimits(undefined)).toEqual({ minVersion: "TLSv1.2" });
  expect(tlsLimits(undefined, "TLSv1.3")).toEqual({ minVersion: "TLSv1.3" });
});

test.each([
  [`${GCM_128}:FOO`, "does not know FOO"],
  [`${IANA_128},TLS_FOO_WITH_BAR,AES`, "does not know TLS_FOO_WITH_BAR"],
  ["TLS_NOPE, x", "does not know TLS_NOPE, x"],
  ["TLS_PSK_WITH_AES_128_GCM_SHA256", "can't be used"],
  ["PSK-AES128-GCM-SHA256", "can't be used"],
  ["TLS_DH_anon_WITH_AES_128_CBC_SHA", "can't be used"],
  ["aNULL", "can't be used"],
  ["NULL-SHA256", "can't be used"],
  [`HIGH:!${SUITE}`, "can't be excluded"],
  ["", "names no cipher"],
  [" , :", "names no cipher"],
  ["!aNULL:@STRENGTH", "names no cipher"],
])("%j is refused: %s", (list, reason) => expect(() => tlsLimits(list)).toThrow(reason));

test("a list without a suite of the lowest version is refused", () => {
  expect(() => tlsLimits(GCM_128, "TLSv1.3")).toThrow("names no suite of TLS 1.3");
  expect(tlsLimits(`${GCM_128}:${SUITE}`, "TLSv1.3").minVersion).toBe("TLSv1.3");
});

test("a server within the limits speaks no other suite of TLS 1.3, and no TLS 1.3 with a list of TLS 1.2", async () => {
  const anything = { minVersion: "TLSv1.2" } as const;
  for (const [list, agreed] of [
    [SUITE, SUITE],
    [`${IANA_128},${SUITE}`, SUITE],
    [IANA_128, IANA_128],
  ] as const) {
    const server = await listening({ ...certificates.ec, ...tlsLimits(list) });
    expect(await spoken(anything, server.port)).toBe(agreed);
    expect(await spoken(tlsLimits("TLS_AES_128_GCM_SHA256"), server.port)).toContain("Error");
    server.close();
  }
});
