/** The address at which this machine reaches a port that listens on an address: a wildcard can't be called. */
export function localUrl(host: string | undefined, port: number): string {
  if (!host || host === "0.0.0.0") return `http://127.0.0.1:${port}`;
  if (host === "::") return `http://[::1]:${port}`;
  return `http://${inUrl(host)}:${port}`;
}

/** The host to show to people on this machine: its name, or the one address that the ports listen on. */
export function hostToTell(host: string | undefined): string {
  return !host || ["0.0.0.0", "::", "127.0.0.1"].includes(host) ? "localhost" : inUrl(host);
}

/** Whether a URL leads to the machine of whoever calls it. */
export function isOwnMachine(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

const inUrl = (host: string) => (host.includes(":") ? `[${host}]` : host);
