import { existsSync, readFileSync } from "node:fs";
import * as tls from "node:tls";
import { Agent, type Dispatcher, ProxyAgent } from "undici";
import { type TlsLimits, type TlsVersion, tlsLimits } from "@/machine/tls-limits";
import { checkBackend, proxyOf } from "./addresses";

/** How to reach the backend. Certificates are PEM texts; without `ca` the system's CAs are trusted. */
export type Route = {
  /** The backend's address without any path, for example `https://license.example.com`. */
  backend: string;
  /** `http://user@proxy.example.com:3128`, with the password in it, percent-encoded, or given separately and unencoded. */
  proxy?: string | undefined;
  proxyPassword?: string | undefined;
  ca?: string | undefined;
  tlsMin?: TlsVersion | undefined;
  /** Ciphers by their OpenSSL or IANA names, separated by colons or commas. */
  ciphers?: string | undefined;
};

const CONNECT_MS = 10_000;
const RESPONSE_MS = 30_000;
const GREETING_MS = 2000;
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/** The files where Linux distributions and macOS keep the system's CAs; Node 20 can't ask the system itself. */
const BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** Opens a dispatcher. Throws a sentence that names the option if an address or a list of ciphers can't be used. */
export function openConnection(route: Route): Dispatcher {
  checkBackend(route.backend);
  const limits = limitsOf(route);
  const { protocol } = new URL(route.backend);
  const secure = protocol === "https:" ? { secureContext: trustedContext(route, limits) } : {};
  const options = {
    headersTimeout: RESPONSE_MS,
    bodyTimeout: RESPONSE_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
    connections: 2,
  };
  const connect = { timeout: CONNECT_MS, ...secure };
  if (!route.proxy) return new Agent({ ...options, connect });
  const { uri, authorization } = proxyOf(route.proxy, route.proxyPassword);
  const proxyTunnel = protocol === "https:";
  const proxyTls = { timeout: CONNECT_MS };
  return new ProxyAgent({
    ...options,
    uri,
    token: authorization,
    proxyTunnel,
    requestTls: connect,
    proxyTls,
    connect: proxyTls,
  });
}

/** Whether nobody on the way can pose as the backend: it is reached over TLS, or on this machine. */
export function isTrustedRoute({ backend }: Route): boolean {
  const { protocol, hostname } = new URL(backend);
  return protocol === "https:" || hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}

/** Whether the backend's port responds to a TLS greeting, whatever its certificate. */
export function speaksTls({ backend }: Route): Promise<boolean> {
  const { hostname, port } = new URL(backend);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((done) => {
    const socket = tls.connect({ host, port: Number(port) || 80, rejectUnauthorized: false });
    const end = (speaks: boolean) => {
      socket.destroy();
      done(speaks);
    };
    socket.setTimeout(GREETING_MS, () => end(false));
    socket.once("secureConnect", () => end(true)).once("error", () => end(false));
  });
}

/** Made once: reading a hundred certificates for every connection would cost more than the call. */
function trustedContext({ ca }: Route, limits: TlsLimits): tls.SecureContext {
  return tls.createSecureContext({ ca: ca ?? systemCa(), ...limits });
}

/** The TLS limits for the backend. Throws a sentence that names the option. */
function limitsOf({ ciphers, tlsMin }: Pick<Route, "ciphers" | "tlsMin">): TlsLimits {
  try {
    return tlsLimits(ciphers, tlsMin);
  } catch (error) {
    throw new Error(`--ciphers can't be used: ${error instanceof Error ? error.message : error}.`);
  }
}

/** The system's CAs; undefined where Node's own list has to be used. */
function systemCa(): string | string[] | undefined {
  const ask: unknown = Reflect.get(tls, "getCACertificates");
  if (typeof ask === "function") return [...ask("system"), ...ask("default")];
  const bundle = BUNDLES.find((path) => existsSync(path));
  return bundle && readFileSync(bundle, "utf8");
}
