import { createSign, type KeyObject } from "node:crypto";
import { chainEvents } from "./chain";

/**
 * A chain as JSON lines, an event per line, and a last line `{"jws": …}`: a detached JWS (RFC 7515 appendix F,
 * unencoded by RFC 7797) over all bytes before that line, signed with the active signing key, whose public part is in
 * the JWK Set.
 */
export async function* signedExport(
  chain: string,
  activeSigner: () => Promise<{ kid: string; privateKey: KeyObject }>,
): AsyncGenerator<string> {
  const { kid, privateKey } = await activeSigner();
  const header = { alg: "RS512", kid, typ: "audit+jsonl", b64: false, crit: ["b64"] };
  const protectedPart = Buffer.from(JSON.stringify(header)).toString("base64url");
  const signature = createSign("RSA-SHA512").update(`${protectedPart}.`);
  for await (const events of chainEvents(chain)) {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
    signature.update(lines);
    yield lines;
  }
  yield `${JSON.stringify({ jws: `${protectedPart}..${signature.sign(privateKey, "base64url")}` })}\n`;
}
