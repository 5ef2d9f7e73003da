#!/usr/bin/env bash
# etcd 3.4.23 (etcd-server 3.4.23-4 of Debian 12): the same settings open the JSON API as flags or as variables, and
# leave it closed as a file.
#
# --enable-grpc-gateway is on by default. But a file is read over defaults that leave it off, so a member that is started
# with --config-file answers every path under /v3 with 404, while /health is fine and etcdctl, which speaks gRPC, works.
# Patroni's etcd3 speaks to that API: it finds healthy members, and none that it can use. The file has to say
# `enable-grpc-gateway: true`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${member:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq etcd-server=3.4.23-4+b4 2>/dev/null
dpkg -x etcd-server_*.deb .
read -r client peer < <(node -e '
const { createServer } = require("node:net");
const { once } = require("node:events");
(async () => {
  const servers = [createServer(), createServer()].map((server) => server.listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  console.log(ports.join(" "));
})();')

settings="name: one
data-dir: DATA
listen-client-urls: http://127.0.0.1:$client
advertise-client-urls: http://127.0.0.1:$client
listen-peer-urls: http://127.0.0.1:$peer"

# Starts a member, and says how it answers on its health and on the JSON API.
answers() {
  usr/bin/etcd "$@" >/dev/null 2>&1 &
  member=$!
  health=000
  for _ in $(seq 100); do
    health=$(curl -s -m 5 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$client/health" || true)
    [ "$health" = 200 ] && break
    sleep 0.1
  done
  status=$(curl -s -m 5 -o /dev/null -w '%{http_code}' -d '{}' "http://127.0.0.1:$client/v3/maintenance/status" || true)
  kill "$member" && wait "$member" 2>/dev/null || true
  echo "/health $health, /v3/maintenance/status $status"
}

as_flags=()
while IFS= read -r line; do as_flags+=("--${line%%: *}=${line#*: }"); done <<<"${settings/DATA/flags}"
echo "${settings/DATA/file}" >file.yml
printf '%s\nenable-grpc-gateway: true\n' "${settings/DATA/named}" >named.yml

flags=$(answers "${as_flags[@]}")
file=$(answers --config-file file.yml)
named=$(answers --config-file named.yml)
printf 'as flags:                  %s\nas a file:                 %s\nas a file that names it:   %s\n' "$flags" "$file" "$named"
[ "$flags" = "/health 200, /v3/maintenance/status 200" ]
[ "$file" = "/health 200, /v3/maintenance/status 404" ]
[ "$named" = "/health 200, /v3/maintenance/status 200" ]
# Seen:
# as flags:                  /health 200, /v3/maintenance/status 200
# as a file:                 /health 200, /v3/maintenance/status 404
# as a file that names it:   /health 200, /v3/maintenance/status 200
