/** What went wrong with the backend, in words that a person can act on. */
export type Trouble = {
  kind: TroubleKind;
  words: string;
  /** The backend's own code, where the no is its own. */
  code?: string;
  /** The status of its answer. */
  status?: number;
};

export type TroubleKind =
  | "name"
  | "port"
  | "cut"
  | "slow"
  | "tls"
  | "proxy"
  | "proxy-password"
  | "portal"
  | "gateway"
  | "key"
  | "refused"
  | "busy"
  | "fault"
  | "signature"
  | "answer";

/** Where the agent goes, and through what. */
export type Way = { host: string; port: string; proxy: string | null };

/** What an answer looks like from outside. `detail` and `code` are of a problem body (RFC 9457). */
export type Refusing = { status: number; isJson: boolean; code?: string; detail?: string; title?: string };

/** A request that brought no usable answer. `retryAfter` is in seconds. */
export class Unanswered extends Error {
  constructor(
    readonly trouble: Trouble,
    readonly retryAfter?: number,
  ) {
    super(trouble.words);
    this.name = "Unanswered";
  }
}

/** The words for a request that died on the way. */
export function troubleOnTheWay(error: unknown, way: Way): Trouble {
  const { code, message } = innermost(error);
  const there = way.proxy ? `the proxy ${way.proxy}` : `${way.host}:${way.port}`;
  if (/\b407\b/.test(message)) return proxyPassword(way);
  if (/proxy response/i.test(message))
    return {
      kind: "proxy",
      words: `The proxy ${way.proxy} refused the way to ${way.host}:${way.port}. Have it allow this host and port.`,
    };
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return {
      kind: "name",
      words: `The name ${nameIn(message, way)} is not found. Check the address and this machine's DNS.`,
    };
  if (code === "ECONNREFUSED")
    return {
      kind: "port",
      words: `Nothing listens at ${there}, or a firewall refuses the way. Check address and port.`,
    };
  if (isTimeOut(code))
    return {
      kind: "port",
      words: `${capital(there)} does not answer: port ${way.proxy ? "and proxy" : way.port} may be blocked by a firewall. Allow outbound connections to it, or set a proxy.`,
    };
  if (isTls(code)) return { kind: "tls", words: tlsWords(code, message, way) };
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT")
    return { kind: "slow", words: `${way.host} took the request and did not answer in time.` };
  return {
    kind: "cut",
    words: `The connection to ${there} broke off (${code || message}). It will be tried again.`,
  };
}

/** The words for an answer that is no yes. A page in place of JSON comes from something in between. */
export function troubleOfAnswer({ status, isJson, code, detail, title }: Refusing, way: Way): Trouble {
  if (status === 407) return { ...proxyPassword(way), status };
  if (!isJson && status >= 500 && status !== 511)
    return {
      kind: "gateway",
      status,
      words: `A gateway before ${way.host} answers ${status}: the backend is away.`,
    };
  if (!isJson || !code)
    return {
      kind: "portal",
      status,
      words: `A page came back (status ${status}) instead of the backend's answer: a sign-in page of the network, or a filtering proxy, stands before ${way.host}. Have it let this machine through.`,
    };
  const words = detail ?? title ?? `The backend answers ${code}.`;
  if (status === 401)
    return { kind: "key", status, code, words: `The backend does not know this key. ${words}` };
  if (status === 429 || status === 503) return { kind: "busy", status, code, words };
  if (status >= 500) return { kind: "fault", status, code, words };
  return { kind: "refused", status, code, words };
}

/** A yes that can not be read. */
export function strangeAnswer(what: string, way: Way): Trouble {
  return {
    kind: "answer",
    words: `${way.host} answered, but not as a Signet backend does: ${what}. Check the address.`,
  };
}

/** How this machine's clock stands, if it is off by more than two minutes. `ahead` is the backend's lead in milliseconds. */
export function clockWords(ahead: number): string | null {
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  if (minutes <= 2) return null;
  const side = ahead > 0 ? "behind" : "ahead of";
  return `This machine's clock is ${minutes} minutes ${side} the backend's. Set it right.`;
}

function proxyPassword({ proxy }: Way): Trouble {
  return {
    kind: "proxy-password",
    words: `The proxy ${proxy ?? ""} asks for a user and a password, and ours are missing or wrong.`,
  };
}

function tlsWords(code: string, message: string, { host }: Way): string {
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID")
    return `The certificate of ${host} is not valid today (${code}). Check this machine's clock, then the certificate.`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `The certificate is not made for ${host}. Check the address, or whether something stands in between.`;
  if (code.startsWith("ERR_SSL") || code === "EPROTO")
    return `${host} and this agent find no common TLS version or cipher (${message}). Check --tls-min and --ciphers.`;
  return `The certificate of ${host} is not signed by a CA that this machine trusts (${code}). If it is your own CA, name its file with --ca.`;
}

function isTls(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_OSSL)/.test(code);
}

function isTimeOut(code: string): boolean {
  return ["UND_ERR_CONNECT_TIMEOUT", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"].includes(code);
}

/** The cause that names what happened, at the bottom of those that only wrap it. */
function innermost(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error.cause instanceof Error) return innermost(error.cause);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { code, message: error.message };
}

function nameIn(message: string, { host }: Way): string {
  return / (?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(message)?.[1] ?? host;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
