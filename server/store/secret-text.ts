/** The bytes of a secret in padded base64, or null for any other text: a cut or mistyped secret must not pass. */
export function decodeSecret(text: string): Buffer | null {
  const plain = text.trim().replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Buffer.from(plain, "base64");
  return bytes.toString("base64") === plain ? bytes : null;
}
