/** Where this machine reaches a port that listens on an address: a wildcard is none to call. */
export function localUrl(host: string | undefined, port: number): string {
  if (!host || host === "0.0.0.0") return `http://127.0.0.1:${port}`;
  if (host === "::") return `http://[::1]:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
