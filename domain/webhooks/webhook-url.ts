import { isAddress, isPublic, isWithin, type Network } from "./networks";

const MAX_LENGTH = 2000;

/** A checked URL, or the sentence that says what is wrong with it. */
type Parsed = { url: string } | { wrong: string };

/** Reads the URL of an endpoint. `networks` may be reached beside the public ones, also without TLS. */
export function parseWebhookUrl(text: string, networks: readonly Network[]): Parsed {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return { wrong: "Use at most 2,000 characters." };
  if (!URL.canParse(trimmed)) return { wrong: "Enter a URL like https://example.com/hooks/licenses." };
  const url = new URL(trimmed);
  const wrong = wrongIn(url, networks);
  return wrong ? { wrong } : { url: url.href };
}

function wrongIn(
  { protocol, hostname, username, password, hash }: URL,
  networks: readonly Network[],
): string | null {
  if (protocol !== "https:" && protocol !== "http:") return "Begin with https://.";
  if (protocol === "http:" && networks.length === 0)
    return "Begin with https://. Plain http is only for the networks in WEBHOOK_ALLOWED_NETWORKS.";
  if (username || password) return "Leave out the user name and password: verify the signature instead.";
  if (hash) return "Leave out the part after #: it is never sent.";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (isAddress(host) && !isPublic(host) && !isWithin(host, networks))
    return "Enter a public address. WEBHOOK_ALLOWED_NETWORKS lists exceptions.";
  return null;
}
