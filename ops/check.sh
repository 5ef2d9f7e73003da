#!/usr/bin/env bash
# Tries what this folder and the Dockerfile say, as far as that goes without a container engine:
#   the units, by systemd-analyze; nginx with our configuration, in front of a server; and the image's steps in an
#   empty folder, which is then served read-only by another user, with the image's health check.
# Needs root, nginx and systemd-analyze: apt-get install nginx. Takes some minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
work=$(mktemp -d)
chmod 755 "$work"
trap 'kill $(jobs -p) 2>/dev/null; wait; umount "$work/image" 2>/dev/null || true; rm -rf "$work"' EXIT
say() { printf '\n── %s\n' "$1"; }

say "units"
units=$work/units
mkdir "$units"
# Only what the units name has to exist here: the program of node, and the folders.
sed "s#/usr/bin/node#$(command -v node)#; s#/opt/signet#$root#g" ops/systemd/signet.service >"$units/signet.service"
sed "s#/usr/bin/node#$(command -v node)#; s#/opt/signet#$root#g" ops/systemd/signet-agent.service >"$units/signet-agent.service"
systemd-analyze verify "$units"/*.service

say "the image's steps"
mkdir "$work/context" "$work/image" "$work/data"
# The context is what .dockerignore lets through: its exceptions, less what it takes out again.
sed -n 's/^!//p' .dockerignore | sed 's#/\*\*$##' | xargs -I{} cp -r --parents {} "$work/context/"
rm -rf "$work/context/prisma/client"
find "$work/context" -name '*.test.ts' -delete
cp "$work/context"/package*.json "$work/image/"
(cd "$work/image" && npm ci --omit=dev --no-audit --no-fund --loglevel=error)
cp -r "$work/context/." "$work/image/"
(cd "$work/image" && npm run build >/dev/null)
du -sh "$work/image" | sed 's/\t.*/ with its dependencies/'

say "the image, read-only and not as root"
chown nobody "$work/data"
mount --bind "$work/image" "$work/image"
mount -o remount,bind,ro "$work/image"
health=$(node -p 'JSON.parse(/HEALTHCHECK[\s\S]*?CMD (\[.*\])/.exec(require("fs").readFileSync("Dockerfile", "utf8"))[1])[2]')
console=$(node -e 'const s=require("net").createServer().listen(0,()=>{console.log(s.address().port);s.close()})')
product=$(node -e 'const s=require("net").createServer().listen(0,()=>{console.log(s.address().port);s.close()})')
(
  cd "$work/image"
  exec setpriv --reuid=nobody --regid=nogroup --clear-groups env -i PATH="$PATH" NODE_ENV=production DATA_DIR="$work/data" \
    PORT="$console" PROTOCOL_PORT="$product" HOST=127.0.0.1 TRUST_PROXY=true PUBLIC_URL=https://signet.example.com \
    node bin/signet.mjs serve --no-build
) >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 120); do
  if PORT=$console node -e "$health"; then break; fi
  kill -0 "$server" || { cat "$work/server.log"; exit 1; }
  sleep 1
done
PORT=$console node -e "$health" && echo "the health check passes"
if grep -iE 'EROFS|EACCES|read-only' "$work/server.log"; then exit 1; fi

say "nginx in front"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" -days 2 -subj /CN=signet.example.com 2>/dev/null
tls=$(node -e 'const s=require("net").createServer().listen(0,()=>{console.log(s.address().port);s.close()})')
{
  echo "pid $work/nginx.pid; error_log $work/nginx.log; events {} http { access_log off;"
  sed "s#/etc/ssl/certs/signet.pem#$work/cert.pem#; s#/etc/ssl/private/signet.key#$work/key.pem#
    s#listen 443#listen 127.0.0.1:$tls#; s#127.0.0.1:3000#127.0.0.1:$console#; s#127.0.0.1:3001#127.0.0.1:$product#" ops/nginx/signet.conf
  echo "}"
} >"$work/nginx.conf"
nginx -q -t -c "$work/nginx.conf"
nginx -c "$work/nginx.conf" -g 'daemon off;' &
through() {
  curl --silent --show-error --fail-with-body --cacert "$work/cert.pem" --insecure --retry 20 --retry-connrefused --retry-delay 1 \
    --resolve "$1:$tls:127.0.0.1" "https://$1:$tls$2" "${@:3}"
}
through licenses.example.com /ready && echo
through licenses.example.com /.well-known/jwks.json | head -c 60 && echo …
through signet.example.com /sign-in --output "$work/page.html"
grep -q '<title>' "$work/page.html" && echo "the sign-in page comes through"

say "stop"
kill -TERM "$server"
wait "$server" && echo "SIGTERM ends it with 0"
printf '\nEverything passed.\n'
