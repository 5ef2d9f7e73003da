/** The header in which the process puts the client's address; a value from the client is overwritten (api/peer.ts). */
export const CLIENT_ADDRESS = "x-signet-peer";

/** The address that a request came from. */
export function addressOf(sent: Pick<Headers, "get">): string | undefined {
  return sent.get(CLIENT_ADDRESS) || undefined;
}
