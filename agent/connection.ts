import { existsSync, readFileSync } from "node:fs";
import * as tls from "node:tls";
import { Agent, type Dispatcher, ProxyAgent } from "undici";

/** How the backend is reached. Certificates are PEM texts; without `ca` those count that the system trusts. */
export type Route = {
  /** The backend's address; what stands before its paths, for example `https://license.example.com`. */
  backend: string;
  /** `http://user:password@proxy.example.com:3128` */
  proxy?: string;
  ca?: string;
  tlsMin?: tls.SecureVersion;
  /** Cipher names of OpenSSL, separated by colons. */
  ciphers?: string;
};

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
const GREETING_MS = 2000;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Where Linux distributions and macOS keep what the system trusts; Node 20 can not ask the system itself. */
const BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

export function openConnection(route: Route): Dispatcher {
  const { protocol } = new URL(route.backend);
  const secure = protocol === "https:" ? { secureContext: trustedContext(route) } : {};
  const options = {
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
    connections: 2,
  };
  const connect = { timeout: CONNECT_MS, ...secure };
  if (!route.proxy) return new Agent({ ...options, connect });
  const proxyTunnel = protocol === "https:";
  const proxyTls = { timeout: CONNECT_MS };
  return new ProxyAgent({
    ...options,
    uri: route.proxy,
    proxyTunnel,
    requestTls: connect,
    proxyTls,
    connect: proxyTls,
  });
}

/** Whether nobody on the way can pass for the backend: TLS, or this very machine. */
export function isTrustedWay({ backend }: Route): boolean {
  const { protocol, hostname } = new URL(backend);
  return protocol === "https:" || hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}

/** Whether the backend's port answers a TLS greeting, whatever its certificate. */
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
function trustedContext({ ca, tlsMin, ciphers }: Route): tls.SecureContext {
  return tls.createSecureContext({ ca: ca ?? systemCa(), minVersion: tlsMin, ciphers });
}

/** Undefined where Node's own list has to do. */
function systemCa(): string | string[] | undefined {
  const ask: unknown = Reflect.get(tls, "getCACertificates");
  if (typeof ask === "function") return [...ask("system"), ...ask("default")];
  const bundle = BUNDLES.find((path) => existsSync(path));
  return bundle && readFileSync(bundle, "utf8");
}
