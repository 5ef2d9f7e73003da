/** A problem with the backend, in words that a person can act on. */
export type BackendProblem = {
  kind: BackendProblemKind;
  words: string;
  /** The backend's own code, if the backend refused. */
  code?: string;
  /** The HTTP status of the response. */
  status?: number;
};

export type BackendProblemKind =
  | "name"
  | "port"
  | "cut"
  | "slow"
  | "tls"
  | "proxy"
  | "proxy-password"
  | "address"
  | "portal"
  | "gateway"
  | "key"
  | "refused"
  | "busy"
  | "fault"
  | "signature"
  | "answer";

/** The backend's address and the proxy in between. `secure` is whether the backend's address is https. */
export type BackendRoute = { host: string; port: string; proxy: string | null; secure: boolean };

/** A request without a usable response. `retryAfter` is in seconds. */
export class Unanswered extends Error {
  constructor(
    readonly trouble: BackendProblem,
    readonly retryAfter?: number,
  ) {
    super(trouble.words);
    this.name = "Unanswered";
  }
}

/** The text for a request that failed on the way. */
export function connectionProblem(error: unknown, way: BackendRoute): BackendProblem {
  const { code, message } = innermost(error);
  const there = way.proxy ? `the proxy ${way.proxy}` : `${way.host}:${way.port}`;
  if (isProxyPassword(message)) return proxyPassword(way);
  if (/proxy response/i.test(message))
    return {
      kind: "proxy",
      words: `The proxy ${way.proxy} refused the connection to ${way.host}:${way.port}. Have it allow this host and port.`,
    };
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return {
      kind: "name",
      words: `The host name ${nameIn(message, way)} was not found. Check the address and this machine's DNS.`,
    };
  if (code === "ECONNREFUSED")
    return {
      kind: "port",
      words: `Nothing listens at ${there}, or a firewall refuses the connection. Check the address and port.`,
    };
  if (isPlain(code) || isNoHttp(code)) return wrongScheme(way);
  if (isTimeOut(code))
    return {
      kind: "port",
      words: `${capital(there)} isn't responding: port ${way.proxy ? "and proxy" : way.port} may be blocked by a firewall. Allow outbound connections to it, or set a proxy.`,
    };
  if (isTls(code)) return { kind: "tls", words: tlsText(code, message, way) };
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT")
    return { kind: "slow", words: `${way.host} accepted the request but did not answer in time.` };
  return {
    kind: "cut",
    words: `The connection to ${there} was interrupted (${code || message}). The agent will try again.`,
  };
}

/** The text for a successful response that can't be read. */
export function unreadableResponse(what: string, way: BackendRoute): BackendProblem {
  return {
    kind: "answer",
    words: `${way.host} answered, but not as a Signet backend does: ${what}. Check --backend.`,
  };
}

/** A text about this machine's clock if it is off by more than two minutes. `ahead` is the backend's lead in milliseconds. */
export function clockText(ahead: number): string | null {
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  if (minutes <= 2) return null;
  const side = ahead > 0 ? "behind" : "ahead of";
  return `This machine's clock is ${minutes} minutes ${side} the backend's. Correct it.`;
}

/** The text for a backend that speaks TLS and is called without, or the other way round. */
export function wrongScheme({ host, port, proxy, secure }: BackendRoute): BackendProblem {
  const [spoken, wanted] = secure ? ["https", "http"] : ["http", "https"];
  const what = secure ? "plain HTTP, without TLS" : "TLS (HTTPS)";
  const orProxy = secure && proxy ? ` Or the proxy ${proxy} does: then begin --proxy with http://.` : "";
  return {
    kind: "address",
    words: `Port ${port} of ${host} looks like ${what}, but --backend begins with ${spoken}://. Begin it with ${wanted}://, or use another port.${orProxy}`,
  };
}

export function proxyPassword({ proxy }: BackendRoute): BackendProblem {
  const words = proxy
    ? `The proxy ${proxy} refuses our credentials: user and password are missing or wrong. Give the user in --proxy, and the password in SIGNET_PROXY_PASSWORD or --proxy-password-file.`
    : "A proxy in between asks for credentials. Give the proxy and its user in --proxy, and the password in SIGNET_PROXY_PASSWORD.";
  return { kind: "proxy-password", words };
}

/** What undici says if CONNECT is answered with 401 or 407, or a plain request with 407. */
function isProxyPassword(message: string): boolean {
  return /\b(?:proxy response \(40[17]\)|proxy authentication required)/i.test(message);
}

function isPlain(code: string): boolean {
  return [
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "ERR_SSL_PACKET_LENGTH_TOO_LONG",
    "ERR_SSL_RECORD_LAYER_FAILURE",
    "ERR_SSL_HTTP_REQUEST",
  ].includes(code);
}

/** Matches the error of a TLS server's alert that was read as HTTP. */
function isNoHttp(code: string): boolean {
  return code === "HPE_INVALID_CONSTANT";
}

function tlsText(code: string, message: string, { host }: BackendRoute): string {
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID")
    return `The certificate of ${host} is not valid today (${code}). Check this machine's clock, then the certificate.`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `The certificate was not issued for ${host}. Check the address, and whether something intercepts the connection.`;
  if (code.startsWith("ERR_SSL") || code === "EPROTO")
    return `${host} and this agent have no common TLS version or cipher (${message}). Check --tls-min and --ciphers.`;
  return `The certificate of ${host} is not signed by a CA that this machine trusts (${code}). If it is your own CA, give its file with --ca.`;
}

function isTls(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_OSSL)/.test(code);
}

function isTimeOut(code: string): boolean {
  return ["UND_ERR_CONNECT_TIMEOUT", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"].includes(code);
}

/** The cause that names what happened, below the errors that only wrap it. */
function innermost(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error.cause instanceof Error) return innermost(error.cause);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { code, message: error.message };
}

function nameIn(message: string, { host }: BackendRoute): string {
  return / (?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(message)?.[1] ?? host;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
