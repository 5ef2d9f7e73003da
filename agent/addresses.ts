/** The parts of a proxy's address: credentials are kept apart from what is shown. */
export type Proxy = { uri: string; host: string; authorization?: string };

const ENCODE = "percent-encode it (# is %23, % is %25, @ is %40, / is %2F, ? is %3F)";
const APART =
  "give the password in SIGNET_PROXY_PASSWORD or --proxy-password-file, where it needs no encoding";

/**
 * Parses a proxy's address; the password may also be given separately, unencoded. Throws a sentence that never
 * repeats the address, since it may contain the password.
 */
export function proxyOf(address: string, password?: string): Proxy {
  if (!/^https?:\/\//i.test(address))
    throw unusable("it must begin with http:// or https://; other kinds of proxies aren't supported");
  const { credentials, url } = split(address);
  const [user, given] = credentialsIn(credentials);
  if (password !== undefined && given !== undefined) throw unusable("its password is given twice");
  if (password !== undefined && user === "")
    throw unusable("a password is given, but no user. Add the user: http://user@host:port");
  const word = password ?? given;
  if (user === "" && word === undefined) return { uri: url.origin, host: url.host };
  const basic = Buffer.from(`${user}:${word ?? ""}`).toString("base64");
  return { uri: url.origin, host: url.host, authorization: `Basic ${basic}` };
}

/** Everything before the last @ is user and password, whatever it contains. */
function split(address: string): { credentials: string; url: URL } {
  const [scheme = "", rest = ""] = address.split(/(?<=^https?:\/\/)/i);
  const at = rest.lastIndexOf("@");
  const credentials = rest.slice(0, Math.max(0, at));
  const there = scheme + rest.slice(at + 1);
  if (/[#/?\s\\]/.test(credentials))
    throw unusable(
      `its user or password has a character that ends it. In the address, ${ENCODE}, or ${APART}`,
    );
  if (!URL.canParse(there))
    throw unusable(`it can't be read. Its form is http://user@host:port. ${capital(APART)}`);
  const url = new URL(there);
  if (url.pathname !== "/" || url.search || url.hash)
    throw unusable("nothing can follow its port. Its form is http://user@host:port");
  return { credentials, url };
}

/** User and password in the form that the proxy expects. */
function credentialsIn(credentials: string): [user: string, password: string | undefined] {
  const colon = credentials.indexOf(":");
  const [user, password] =
    colon < 0 ? [credentials] : [credentials.slice(0, colon), credentials.slice(colon + 1)];
  try {
    return [
      decodeURIComponent(user ?? ""),
      password === undefined ? undefined : decodeURIComponent(password),
    ];
  } catch {
    throw unusable(
      `its user or password has a % that encodes nothing. In the address, ${ENCODE}, or ${APART}`,
    );
  }
}

function unusable(reason: string): Error {
  return new Error(`--proxy can't be used: ${reason}.`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Checks the backend's address. Throws a sentence that says what it should be. */
export function checkBackend(address: string): void {
  const reason = whyNoBackend(address);
  if (reason) throw new Error(`--backend can't be used: ${reason}.`);
}

function whyNoBackend(address: string): string | null {
  if (!URL.canParse(address) || !/^https?:\/\//i.test(address))
    return "it must be an address that begins with https:// or http://, such as https://license.example.com";
  const { username, password, search, hash, pathname } = new URL(address);
  if (username || password) return "the backend takes no user and password, only the license key";
  if (search || hash) return "leave out everything from ? or #";
  if (/\/v1(?:\/|$)/.test(pathname)) return "leave out /v1 and everything after it; the agent adds it";
  return null;
}
