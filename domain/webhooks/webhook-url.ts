const MAX_LENGTH = 2000;

/** A checked URL, or the sentence that says what is wrong with it. */
type Parsed = { url: string } | { wrong: string };

/** Reads the URL of an endpoint. `isHttpAllowed`: whether some networks may be reached without TLS. */
export function parseWebhookUrl(text: string, isHttpAllowed: boolean): Parsed {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return { wrong: "Use at most 2,000 characters." };
  if (!URL.canParse(trimmed)) return { wrong: "Enter a URL like https://example.com/hooks/licenses." };
  const url = new URL(trimmed);
  if (url.protocol !== "https:" && url.protocol !== "http:") return { wrong: "Begin with https://." };
  if (url.protocol === "http:" && !isHttpAllowed)
    return {
      wrong: "Begin with https://. Plain http is only for the networks in WEBHOOK_ALLOWED_NETWORKS.",
    };
  if (url.username || url.password)
    return { wrong: "Leave out the user name and password: verify the signature instead." };
  if (url.hash) return { wrong: "Leave out the part after #: it is never sent." };
  return { url: url.href };
}
