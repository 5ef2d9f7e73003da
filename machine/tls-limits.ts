import * as tls from "node:tls";

export type TlsVersion = "TLSv1.2" | "TLSv1.3";

/** The options for Node's TLS with which only the listed ciphers are spoken. */
export type TlsLimits = { ciphers?: string; minVersion: TlsVersion; maxVersion?: TlsVersion };

/** OpenSSL's names for the TLS 1.3 suites are IANA's own. */
const SUITES = tls
  .getCiphers()
  .filter((name) => name.startsWith("tls_"))
  .map((name) => name.toUpperCase());
const USUAL_SUITES = ["TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"];
const NAMED = new Set(tls.getCiphers().map((name) => name.toUpperCase()));
const SECURITY_LEVEL = /^@(?:STRENGTH|SECLEVEL=[0-5])$/;
/** These ciphers need a shared secret or a DSA certificate, or encrypt nothing. */
const USELESS =
  /(?:^|[-_+])(?:[AK]?(?:RSA|ECDHE|DHE)?PSK|K?SRP|[AE]?NULL|COMPLEMENTOFALL|ADH|AECDH|ANON|[AK]?DSS)(?:$|[-_+])/i;

type Cipher =
  | { kind: "suite" | "cipher" | "group" | "rule"; name: string }
  | { kind: "unknown" | "useless" | "suite-rule"; written: string };

/**
 * Reads a list of ciphers: names of OpenSSL or IANA, separated by colons, commas or spaces, or OpenSSL's groups and
 * rules. Nothing else is spoken: a list of TLS 1.2 ciphers turns TLS 1.3 off, and the other way round; only groups
 * (`HIGH`) leave both on. Throws a sentence about an entry that can't be used.
 *
 * Node silently accepts a list of IANA's TLS 1.2 names and then fails every handshake, and it leaves all of TLS 1.3
 * on with a list of TLS 1.2.
 */
export function tlsLimits(list: string | undefined, minVersion: TlsVersion = "TLSv1.2"): TlsLimits {
  if (list === undefined) return { minVersion };
  const ciphers = list.split(/[:,;\s]+/).flatMap((written) => (written === "" ? [] : [read(written)]));
  refuseUnusable(ciphers);
  const names = (...kinds: Cipher["kind"][]) =>
    ciphers.flatMap((each) => ("name" in each && kinds.includes(each.kind) ? [each.name] : []));
  const has = (kind: Cipher["kind"]) => ciphers.some((each) => each.kind === kind);
  const older = has("cipher") || has("group") ? names("cipher", "group", "rule") : [];
  const suites = has("group") && !has("suite") ? USUAL_SUITES : names("suite");
  if (older.length + suites.length === 0) throw new Error("it names no cipher to allow");
  if (minVersion === "TLSv1.3" && suites.length === 0)
    throw new Error(`it names no suite of TLS 1.3, the lowest version allowed, such as ${USUAL_SUITES[0]}`);
  return {
    ciphers: [...suites, ...older].join(":"),
    minVersion: older.length === 0 ? "TLSv1.3" : minVersion,
    maxVersion: suites.length === 0 ? "TLSv1.2" : "TLSv1.3",
  };
}

function refuseUnusable(ciphers: Cipher[]): void {
  const written = (kind: Cipher["kind"]) =>
    ciphers.flatMap((each) => ("written" in each && each.kind === kind ? [each.written] : [])).join(", ");
  const [unknown, useless, rules] = [written("unknown"), written("useless"), written("suite-rule")];
  if (unknown) throw new Error(`this machine's OpenSSL does not know ${unknown}`);
  if (useless)
    throw new Error(
      `${useless} can't be used: it needs a shared secret or a DSA certificate, or encrypts nothing`,
    );
  if (rules) throw new Error(`suites of TLS 1.3 can't be excluded (${rules}): name those to allow`);
}

function read(written: string): Cipher {
  const [, sign = "", text = ""] = /^([!+-]?)(.*)$/.exec(written) ?? [];
  const upper = text.toUpperCase();
  if (SECURITY_LEVEL.test(upper) && sign === "") return { kind: "rule", name: upper };
  if (SUITES.includes(upper)) return sign ? { kind: "suite-rule", written } : { kind: "suite", name: upper };
  if (sign === "" && USELESS.test(upper)) return { kind: "useless", written };
  const name = openSslName(upper) ?? (NAMED.has(upper) ? upper : text);
  if (!isKnown(name)) return { kind: "unknown", written };
  if (sign) return { kind: "rule", name: sign + name };
  return { kind: name.includes("-") && !name.includes("+") ? "cipher" : "group", name };
}

/** OpenSSL's name of IANA's TLS 1.2 suite: `ECDHE-RSA-AES128-GCM-SHA256` for `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`. */
function openSslName(iana: string): string | null {
  const [, exchange, cipher = ""] = /^TLS_(\w+?)_WITH_(\w+)$/.exec(iana) ?? [];
  if (!exchange) return null;
  const short = cipher
    .replace(/^(AES|ARIA|CAMELLIA)_(\d+)/, "$1$2")
    .replace(/_CBC/, "")
    .replace(/_CCM_8$/, "_CCM8")
    .replace(/^(CHACHA20_POLY1305)_SHA256$/, "$1");
  const name = exchange === "RSA" ? short : `${exchange}_${short}`;
  return name.replace(/^ECDHE_RSA_ARIA/, "ECDHE_ARIA").replaceAll("_", "-");
}

function isKnown(name: string): boolean {
  try {
    tls.createSecureContext({ ciphers: name, maxVersion: "TLSv1.2" });
    return name !== "";
  } catch {
    return false;
  }
}
