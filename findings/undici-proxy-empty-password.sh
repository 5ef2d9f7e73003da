#!/usr/bin/env bash
# undici 7.30.2: ProxyAgent sends no credentials to a proxy when the URL's user name has an empty password.
#
# `http://agent:@proxy:3128` is a valid URL, and some proxies know accounts by their name alone. The header
# Proxy-Authorization is left out altogether, so the proxy answers 407 as if nobody had been named.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts undici@7.30.2 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { ProxyAgent, request } from "undici";

let sent;
const proxy = createServer();
proxy.on("connect", ({ headers }, socket) => {
  sent = headers["proxy-authorization"];
  socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
});
proxy.listen(0, "127.0.0.1");
await once(proxy, "listening");

async function credentialsSent(account) {
  sent = undefined;
  const dispatcher = new ProxyAgent(`http://${account}127.0.0.1:${proxy.address().port}`);
  await request("http://license.example/", { dispatcher }).catch(() => {});
  await dispatcher.destroy();
  return sent ? Buffer.from(sent.split(" ")[1], "base64").toString() : "none";
}

const found = { "agent:secret@": await credentialsSent("agent:secret@"), "agent:@": await credentialsSent("agent:@") };
console.log(found);
proxy.close();
assert.equal(found["agent:secret@"], "agent:secret");
assert.equal(found["agent:@"], "none");
EOF
node check.mjs
