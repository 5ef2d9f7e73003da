#!/usr/bin/env bash
# @qlik/sdk 0.28.0: a host with a name and a port is called at another address, with the port read as an IPv4 number.
#
# The package keeps the host without its scheme and reads it as a URL again: in "licenses.example.com:3000" the name is
# then the scheme, and http://0.0.11.184 is called. Every host with a letter and a port is hit, localhost too; numeric
# addresses and hosts without a port are not. Clients of a self-hosted server have to use one of these.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @qlik/sdk@0.28.0 >/dev/null
cat >check.mjs <<'EOS'
import assert from "node:assert/strict";
import Qlik, { AuthType } from "@qlik/sdk";

let called = "";
globalThis.fetch = async (url) => {
  called = String(url);
  return new Response("{}");
};
const calledFor = async (host) => {
  await new Qlik({ authType: AuthType.APIKey, host, apiKey: "x" }).licenses.getStatus();
  console.log(host, "->", called);
  return new URL(called).host;
};
assert.equal(await calledFor("http://licenses.example.com:3000"), "0.0.11.184");
assert.equal(await calledFor("http://localhost:3000"), "0.0.11.184");
assert.equal(await calledFor("http://127.0.0.1:3000"), "127.0.0.1:3000");
assert.equal(await calledFor("https://licenses.example.com"), "licenses.example.com");
EOS
node check.mjs
