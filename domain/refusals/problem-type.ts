/** The `type` of a problem body (RFC 9457) for a code: `/errors/key-revoked`, relative to the address of the server. */
export function problemType(code: string): string {
  return `/errors/${code.toLowerCase().replaceAll("_", "-")}`;
}
