#!/usr/bin/env bash
# Node 20.20.2 (OpenSSL 3.0): IANA names of TLS 1.2 ciphers work, until TLS 1.3 is allowed; then no handshake succeeds.
#
# License services are configured with IANA names joined by commas: Node throws ERR_SSL_NO_CIPHER_MATCH. One such name,
# or several joined by colons, passes `createSecureContext` and works with `maxVersion: "TLSv1.2"`. Without it, which
# is the default, the client dies of ERR_SSL_NO_CIPHERS_AVAILABLE, and one IANA name in a list of OpenSSL names is
# enough for that. OpenSSL names of TLS 1.2 alone leave all TLS 1.3 suites on. Needs the openssl command.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform=$(node -p '`${process.platform}-${process.arch}`')
npm install --silent --no-audit --no-fund --ignore-scripts "node-$platform@20.20.2" >/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost 2>/dev/null
cat >check.mjs <<'EOS'
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:tls";

const IANA = ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"];
const OPENSSL = ["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"];

const cert = readFileSync("cert.pem");
const server = createServer({ cert, key: readFileSync("key.pem") }, (socket) => socket.end());
server.on("tlsClientError", () => {});
server.listen(0, "localhost");
await once(server, "listening");

async function handshake(ciphers, maxVersion) {
  try {
    const { port } = server.address();
    const socket = connect({ host: "localhost", port, ca: cert, ciphers, maxVersion });
    await once(socket, "secureConnect");
    const { name } = socket.getCipher();
    socket.destroy();
    return name;
  } catch ({ code }) {
    return code;
  }
}

const found = {
  "IANA, commas": await handshake(IANA.join(), "TLSv1.2"),
  "IANA, colons, up to TLS 1.2": await handshake(IANA.join(":"), "TLSv1.2"),
  "IANA, colons": await handshake(IANA.join(":"), "TLSv1.3"),
  "IANA, one": await handshake(IANA[0], "TLSv1.3"),
  "OpenSSL and one IANA": await handshake([OPENSSL[0], IANA[1]].join(":"), "TLSv1.3"),
  "OpenSSL, colons": await handshake(OPENSSL.join(":"), "TLSv1.3"),
};
console.log(process.version, process.versions.openssl, found);
server.close();

assert.equal(found["IANA, commas"], "ERR_SSL_NO_CIPHER_MATCH");
assert.ok(OPENSSL.includes(found["IANA, colons, up to TLS 1.2"]));
for (const list of ["IANA, colons", "IANA, one", "OpenSSL and one IANA"])
  assert.equal(found[list], "ERR_SSL_NO_CIPHERS_AVAILABLE");
assert.match(found["OpenSSL, colons"], /^TLS_AES/);
EOS
"node_modules/node-$platform/bin/node" check.mjs
